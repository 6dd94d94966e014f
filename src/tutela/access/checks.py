"""What `tutela doctor` asks this room: the permission matrix, API keys that expire."""

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check

from . import queries, rules, snapshot


def access_keys() -> Check:
    soon = queries.keys_that_expire(clock.now() + rules.EXPIRES_SOON)
    if soon:
        names = ", ".join(sorted({key.staff.login for key in soon}))
        return Check(
            "access.keys",
            "warning",
            _("API keys that expire within %(days)s days: %(count)s.")
            % {"days": rules.EXPIRES_SOON.days, "count": len(soon)},
            _("Replace them on the page API keys: %(names)s.") % {"names": names},
        )
    return Check(
        "access.keys",
        "good",
        _("No API key expires within %(days)s days.") % {"days": rules.EXPIRES_SOON.days},
    )


def access_matrix() -> Check:
    now = snapshot.current()
    return Check(
        "access.matrix",
        "good",
        _("Permission matrix %(hash)s is in force.") % {"hash": now.matrix},
    )
