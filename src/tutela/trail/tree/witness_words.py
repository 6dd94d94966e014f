"""What the pages and the shell say of a witness: its state, and why the last call brought nothing."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .policy_rules import Witness
from .witnesses import Contact

FAULTS: Final[dict[str, Promise]] = {
    "address": _("its address may not be called"),
    "ahead": _("it knows a larger trail than this one"),
    "answer": _("its answer cannot be read"),
    "busy": _("it answers too many requests"),
    "clock": _("its clock is not right"),
    "contradicted": _("it holds a signed checkpoint that this trail contradicts"),
    "no-witness": _("it signed with another key than the policy names"),
    "other-root": _("it cosigned another root for this size"),
    "proof": _("it does not accept the proof"),
    "signature": _("it does not know the key of this trail"),
    "signature-invalid": _("its signature is not valid"),
    "size": _("it stands at another size"),
    "tls": _("its certificate is not trusted"),
    "unknown-log": _("it does not trust this trail yet"),
    "unreachable": _("it cannot be reached"),
}


def fault(code: str) -> str:
    """The words of a fault; its code if there are none."""
    return str(FAULTS.get(code, code))


def state(witness: Witness, contact: Contact | None) -> tuple[str, str]:
    """(good, warning or bad; the words)."""
    if contact is None:
        return "warning", str(_("not asked yet") if witness.url else _("nothing recorded yet"))
    if contact.fault:
        return ("bad" if contact.fault == "contradicted" else "warning"), fault(contact.fault)
    return "good", str(_("vouches"))
