"""What posts may do with the logs of other systems.

Who delivers does not see how many looks named a known customer: with both, one could ask by a file of one line
whether somebody is a customer.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

FEED_MANAGE: Final = Permission(
    "feeds.feed.manage", _("Register access logs of other systems"), posts={"security_admin"}
)
"""Register, change and close feeds, make and revoke their keys, match their accounts to staff."""
FEED_READ: Final = Permission(
    "feeds.feed.read",
    _("See which systems send their access logs"),
    posts={"security_admin", "system_admin", "compliance_officer", "auditor", "machine"},
)
"""See the feeds, their last records, gaps and accounts without a match."""
COVERAGE_READ: Final = Permission(
    "feeds.coverage.read",
    _("See how many looks in other systems named a known customer"),
    posts={"compliance_officer", "auditor"},
)
"""See the share of looks whose customer is known here; never held together with delivering."""
LOOKS_DELIVER: Final = Permission(
    "feeds.looks.deliver",
    _("Deliver access logs of other systems as files"),
    posts={"security_admin", "system_admin", "machine"},
)
"""Bring a file of a feed's records by page or shell."""
LOOKS_REPORT: Final = Permission(
    "feeds.looks.report",
    _("Report accesses in another system by API"),
    posts={"machine", "partner_service"},
)
"""Send a feed's records by the API, signed with the feed's key."""
