"""What posts may do with the watch."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

ALERT_READ: Final = Permission(
    "watch.alert.read",
    _("Read alerts of the watch"),
    posts={"compliance_officer", "security_admin", "auditor", "machine"},
)
"""See alerts and cases, the leaves that made them and a person's pattern beside colleagues; no customer data."""
CASE_HANDLE: Final = Permission(
    "watch.case.handle",
    _("Handle cases of the watch"),
    posts={"compliance_officer", "security_admin"},
    decides=True,
)
"""Acknowledge, explain and close cases; never a case about oneself."""
SETTING_CHANGE: Final = Permission(
    "watch.setting.change",
    _("Change settings of the watch"),
    posts={"compliance_officer"},
    system=True,
)
"""Set thresholds for all posts or one, switch rules, import rosters, mark VIP customers."""
CANARY_MANAGE: Final = Permission(
    "watch.canary.manage", _("Manage canary customers"), posts={"compliance_officer"}
)
"""Plant, rotate and see canary customers."""
