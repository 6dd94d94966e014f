"""What `tutela doctor` asks this room: the permission matrix."""

from django.utils.translation import gettext as _

from tutela.base.health import Check

from . import snapshot


def access_matrix() -> Check:
    now = snapshot.current()
    return Check(
        "access.matrix",
        "good",
        _("Permission matrix %(hash)s is in force.") % {"hash": now.matrix},
    )
