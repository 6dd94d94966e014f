"""What posts may do with figures, own measures and packs."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission
from tutela.access.posts import EVERY

MEASURE_DEFINE: Final = Permission(
    "scorecard.measure.define",
    _("Define custom measures"),
    posts={"compliance_officer", "security_admin"},
)
"""Define a custom measure as a formula over readings."""
PACK_WRITE: Final = Permission(
    "scorecard.pack.write",
    _("Export evidence packs"),
    posts={"compliance_officer", "security_admin", "auditor", "machine"},
)
"""Create a signed evidence pack for a period."""
READ: Final = Permission("scorecard.read", _("Read the scorecard"), posts=EVERY)
"""See the readings of the targets and their evidence rows."""
