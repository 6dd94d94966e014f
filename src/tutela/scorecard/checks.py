"""The doctor's check of this room: the key that signs evidence packs."""

from django.conf import settings
from django.utils.translation import gettext as _

from tutela.base.health import Check

from . import signing


def evidence_key() -> Check:
    known = signing.known()
    if known is None and not signing.is_here():
        return Check(
            "evidence.key",
            "good",
            _("No evidence pack has been signed yet; the first one creates the key."),
        )
    if not signing.is_here():
        return Check(
            "evidence.key", "bad",
            _("evidence.key is missing on this machine, so it cannot sign evidence packs."),
            _("Copy evidence.key from a machine of this installation to %(path)s, mode "
              "600. If no machine has it any more, tutela evidence key --adopt creates "
              "a new one; give its public half to the readers of packs.")
            % {"path": settings.TUTELA_HOME},
        )  # fmt: skip
    here = signing.public_key()
    names = {"here": signing.key_id(here), "known": signing.key_id(known or here)}
    if known is None:
        return Check(
            "evidence.key", "warning",
            _("The database does not have the public half of evidence.key %(here)s yet.") % names,
            _("On the machine whose public key the readers have, run: tutela evidence key"),
        )  # fmt: skip
    if here != known:
        return Check(
            "evidence.key", "bad",
            _("evidence.key on this machine is %(here)s, but this installation signs "
              "with %(known)s; this machine cannot sign evidence packs.") % names,
            _("Replace %(path)s with the file of a machine that has %(known)s. If no "
              "machine has it any more, tutela evidence key --adopt makes this "
              "machine's key the signing key; give its public half to the readers of "
              "packs.")
            % {"path": settings.TUTELA_HOME / signing.NAME, "known": names["known"]},
        )  # fmt: skip
    text = _("evidence.key %(here)s is the signing key of this installation.") % names
    return Check("evidence.key", "good", text)
