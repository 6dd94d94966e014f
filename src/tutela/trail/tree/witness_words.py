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


REFUSALS: Final[dict[str, Promise]] = {
    "clock": _("The cosignature has no time, or one that is ahead of this system's clock."),
    "no-checkpoint": _("This is not a checkpoint of this trail, or none of this size is here."),
    "no-witness": _("None of its signatures is by a witness that the policy names."),
    "size": _("The size is larger than the trail."),
    "signature-invalid": _(
        "A signature is not valid: the file was changed, or signed with another key."
    ),
}
"""Why a cosignature that was carried by hand was not kept."""
MALFORMED: Final = _(
    "This is not a signed note (%(why)s). Upload the file as the witness's program wrote it."
)


def refusal(code: str) -> str:
    """The words for a cosignature that was not kept."""
    return str(REFUSALS[code]) if code in REFUSALS else str(MALFORMED) % {"why": code}


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
