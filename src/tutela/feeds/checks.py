"""The room's check for `tutela doctor`: whether every open feed sends, and what of it is missing."""

from django.utils.translation import gettext as _

from tutela.base.health import Check

from . import queries
from .rules import State


def feeds_sending() -> Check:
    covered = [each for each in queries.coverage() if each.state is not State.CLOSED]
    silent = [each.feed.name for each in covered if each.state is State.SILENT]
    gaps = [each.feed.name for each in covered if each.missing]
    if silent:
        return Check(
            "feeds.sending",
            "bad",
            _("Feeds of other systems are silent: %(names)s.") % {"names": ", ".join(silent[:5])},
            _("See the page of access logs of other systems; ask whoever runs the system."),
        )
    if gaps:
        return Check(
            "feeds.sending",
            "warning",
            _("Records of other systems are missing: %(names)s.") % {"names": ", ".join(gaps[:5])},
            _("Have the missing records sent again: tutela feeds gaps names their numbers."),
        )
    if not covered:
        return Check(
            "feeds.sending", "good", _("No other system is registered to send its access log.")
        )
    return Check(
        "feeds.sending",
        "good",
        _("All %(count)s feeds of other systems are sending.") % {"count": len(covered)},
    )
