"""Sentences for the fault codes of `sending`, shown beside the codes."""

from django.utils.translation import gettext_lazy as _

from . import sending

FAULTS = {
    sending.NOT_SET: _("No mail server is configured: set TUTELA_MAIL_URL and restart Tutela."),
    sending.NO_ADDRESS: _(
        "The person has no e-mail address: the security administrator must enter it."
    ),
    sending.ADDRESS_UNREADABLE: _(
        "The address of the server or robot cannot be read: enter it again."
    ),
    sending.NOT_REACHED: _("The server could not be reached: check the network and the server."),
    sending.HOST_CLOSED: _("The robot's host is not permitted: see TUTELA_NOTICE_HOSTS."),
    sending.NOT_TAKEN: _("The server did not accept the message: check credentials and addresses."),
}


def fault(code: str) -> str:
    """The sentence of a fault code; an unknown code is returned as it is."""
    return str(FAULTS.get(code, code))
