"""The doctor's check of this room: the key that signs evidence packs."""

from django.conf import settings
from django.utils.translation import gettext as _

from tutela.base.health import Check

from . import signing


def evidence_key() -> Check:
    known = signing.known()
    if known is None and not signing.is_here():
        return Check(
            "evidence.key", "good", _("No evidence pack has been signed; the first makes the key.")
        )
    if not signing.is_here():
        return Check(
            "evidence.key", "bad",
            _("evidence.key is missing here, so this machine signs no evidence packs."),
            _("Copy evidence.key from a machine of this installation into %(path)s, mode 600. If none "
              "has it any more: tutela evidence key --adopt makes a new one; tell readers its public half.")
            % {"path": settings.TUTELA_HOME},
        )  # fmt: skip
    here = signing.public_key()
    names = {"here": signing.key_id(here), "known": signing.key_id(known or here)}
    if known is None:
        return Check(
            "evidence.key", "warning",
            _("The database does not know the public half of evidence.key %(here)s yet.") % names,
            _("On the machine whose key readers know, run: tutela evidence key"),
        )  # fmt: skip
    if here != known:
        return Check(
            "evidence.key", "bad",
            _("evidence.key here is %(here)s, but this installation signs with %(known)s; this machine "
              "signs no evidence packs.") % names,
            _("Replace %(path)s by the file of a machine with %(known)s. If none has it any more: "
              "tutela evidence key --adopt lets the key here sign; tell readers its public half.")
            % {"path": settings.TUTELA_HOME / signing.NAME, "known": names["known"]},
        )  # fmt: skip
    text = _("evidence.key %(here)s is the one this installation signs with.") % names
    return Check("evidence.key", "good", text)
