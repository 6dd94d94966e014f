"""What `tutela doctor` asks this room: the permission matrix, API keys that expire."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check

from . import queries, snapshot

SOON = timedelta(days=14)


def access_keys() -> Check:
    soon = queries.keys_that_expire(clock.now() + SOON)
    if soon:
        names = ", ".join(sorted({key.staff.login for key in soon}))
        return Check(
            "access.keys",
            "warning",
            _("API keys that expire within %(days)s days: %(count)s.")
            % {"days": SOON.days, "count": len(soon)},
            _("Replace them on the page API keys: %(names)s.") % {"names": names},
        )
    return Check(
        "access.keys", "good", _("No API key expires within %(days)s days.") % {"days": SOON.days}
    )


def access_matrix() -> Check:
    now = snapshot.current()
    return Check(
        "access.matrix",
        "good",
        _("Permission matrix %(hash)s is in force.") % {"hash": now.matrix},
    )
