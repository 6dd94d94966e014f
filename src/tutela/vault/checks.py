"""What `tutela doctor` asks this room: the comparison of the vault with the trail."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check

from .actions import verify

VERIFY_DAYS: Final = 2
"""The vault is compared with the trail every night."""


def vault_verified() -> Check:
    run, mend = verify.last_run(), _("Run: tutela vault verify")
    if run is None:
        sentence = _("The vault has not been compared with the trail yet.")
        return Check("vault.verified", "warning", sentence, mend)
    tally, day = run.tally, f"{run.started_at:%Y-%m-%d}"
    counts = {"day": day, "faults": tally.faults, "records": tally.records}
    if run.outcome != "good":
        return Check(
            "vault.verified", "bad",
            _("On %(day)s the vault did not match the trail: %(faults)s faults.") % counts,
            _("Run tutela vault verify, which lists them; see docs/operations.md, "
              "vault.verified."),
        )  # fmt: skip
    if clock.now() - run.started_at > timedelta(days=VERIFY_DAYS):
        sentence = _("The vault was last compared with the trail on %(day)s.") % counts
        return Check("vault.verified", "warning", sentence, mend)
    sentence = _("On %(day)s the vault matched the trail: %(records)s versions.") % counts
    if not tally.not_anchored:
        return Check("vault.verified", "good", sentence)
    older = _("%(count)s versions predate anchoring: no trail entry covers them yet.")
    sentence += " " + older % {"count": tally.not_anchored}
    return Check(
        "vault.verified",
        "good",
        sentence,
        _("They are anchored tonight, or run: tutela vault anchor"),
    )
