"""Sentences for the fault codes of `sending`, shown beside the codes."""

from django.utils.translation import gettext_lazy as _

from . import sending

FAULTS = {
    sending.NOT_SET: _("No mail server is set: give TUTELA_MAIL_URL and start Tutela again."),
    sending.NO_ADDRESS: _("The person has no mail address: the security administrator enters it."),
    sending.ADDRESS_UNREADABLE: _(
        "The address of the server or robot cannot be read: enter it again."
    ),
    sending.NOT_REACHED: _("The server could not be reached: look at the network and the server."),
    sending.HOST_CLOSED: _("The robot's host is not open to robots: see TUTELA_NOTICE_HOSTS."),
    sending.NOT_TAKEN: _("The server did not take the message: look at sign-in and addresses."),
}


def fault(code: str) -> str:
    """The sentence of a fault code; an unknown code is returned as it is."""
    return str(FAULTS.get(code, code))
