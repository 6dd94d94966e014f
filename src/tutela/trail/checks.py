"""The room's check for `tutela doctor`: whether the trail can be written."""

from django.utils.translation import gettext as _

from tutela.base.health import Check

from . import queries


def trail_open() -> Check:
    health = queries.health()
    if health.state != "open":
        return Check(
            "trail.open",
            "bad",
            _("The trail is %(state)s: %(why)s.") % {"state": health.state, "why": health.why},
            _("See docs/operations.md, %(code)s.") % {"code": "trail.closed"},
        )
    if not health.next_partition:
        return Check(
            "trail.open", "bad", _("The table for next month's leaves is missing."),
            _("Start the worker: tutela up or tutela worker"),
        )  # fmt: skip
    return Check("trail.open", "good", _("The trail takes leaves."))
