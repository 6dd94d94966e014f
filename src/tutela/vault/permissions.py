"""What posts may do with customers, records, imports and work items."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission
from tutela.access.posts import EVERY

CATALOGUE_READ: Final = Permission(
    "vault.catalogue.read", _("Read the field catalogue"), posts=EVERY - {"hr_trainer"}
)
"""See the fields of the catalogue with class, level and mask; no values."""
CONTENT_ANCHOR: Final = Permission(
    "vault.content.anchor", _("Anchor older records"), posts={"machine"}, system=True
)
"Anchor, once, the records written before anchoring existed."
CONTENT_VERIFY: Final = Permission(
    "vault.content.verify",
    _("Compare the vault with the trail"),
    posts={"security_admin", "system_admin", "auditor", "machine"},
    system=True,
)
"""Compare the vault with the anchors in the trail; shows ids and counts, no values."""
CUSTOMER_DESTROY: Final = Permission(
    "vault.customer.destroy",
    _("Destroy customer data"),
    posts={"branch_manager", "compliance_officer"},
    decides=True,
)
"""Propose to destroy a customer, or approve or reject what another person proposed."""
CUSTOMER_FIND: Final = Permission(
    "vault.customer.find",
    _("Find customers"),
    posts={
        "service_agent",
        "claims_adjuster",
        "underwriter",
        "sales_agent",
        "branch_manager",
        "data_steward",
        "compliance_officer",
        "machine",
        "partner_service",
    },
)
"""Find and list customers within the matrix; values are masked."""
CUSTOMER_LOOKS_TELL: Final = Permission(
    "vault.customer_looks.tell", _("Tell customers who has seen them"), posts={"machine"}
)
"""Answer a customer's own question who has seen the data: day, post and department, purpose and way."""
CUSTOMER_MOVE: Final = Permission(
    "vault.customer.move",
    _("Move customers between branches"),
    posts={"branch_manager", "data_steward"},
    decides=True,
)
"""Propose to move a customer of one's own branches to another branch, or accept a move proposed by another
person; always two people."""
CUSTOMER_VIEW: Final = Permission(
    "vault.customer.view",
    _("View pages of customers"),
    posts=EVERY - {"hr_trainer", "security_admin", "system_admin", "auditor"},
)
"""Open one customer's records, masked."""
FIELD_REVEAL: Final = Permission(
    "vault.field.reveal",
    _("View clear values"),
    posts={
        "service_agent",
        "claims_adjuster",
        "underwriter",
        "branch_manager",
        "compliance_officer",
        "partner_service",
    },
)
"""Request clear values; subject to matrix, work item, reason and quota."""
HELD_ROW_DECIDE: Final = Permission(
    "vault.held_row.decide", _("Decide held rows"), posts={"data_steward"}
)
"""See held rows, open one masked, accept or reject it; never one's own."""
HISTORY_VIEW: Final = Permission(
    "vault.history.view",
    _("View earlier versions"),
    posts={
        "service_agent",
        "claims_adjuster",
        "underwriter",
        "branch_manager",
        "data_steward",
        "compliance_officer",
        "machine",
        "partner_service",
    },
)
"""See earlier versions of a record, masked."""
IMPORT_READ: Final = Permission(
    "vault.import.read", _("Read imports"), posts={"branch_manager", "data_steward", "machine"}
)
"""See own imports (data stewards: those in scope; machine accounts: all), and rejected rows as importer or
data steward."""
IMPORT_RUN: Final = Permission(
    "vault.import.run", _("Run imports"), posts={"branch_manager", "machine"}
)
"""Inspect and import files."""
IMPORT_UNDO: Final = Permission(
    "vault.import.undo", _("Undo imports"), posts={"branch_manager", "data_steward"}, decides=True
)
"""Propose and approve to undo a whole import; nobody approves what they proposed."""
MAPPING_SAVE: Final = Permission(
    "vault.mapping.save", _("Save mappings"), posts={"branch_manager", "machine"}
)
"""Save a mapping of columns to fields for one's own files; those of machine accounts apply to everybody."""
RECORD_CHANGE: Final = Permission(
    "vault.record.change",
    _("Change records"),
    posts={"service_agent", "claims_adjuster", "underwriter", "machine", "partner_service"},
)
"""Write the next version of a record."""
RECORD_CREATE: Final = Permission(
    "vault.record.create",
    _("Create records"),
    posts={
        "service_agent",
        "claims_adjuster",
        "underwriter",
        "sales_agent",
        "machine",
        "partner_service",
    },
)
"""Add a customer or a record of a customer."""
REJECTS_OPEN: Final = Permission(
    "vault.rejects.open", _("Open rejected rows"), posts={"data_steward"}, clear=True
)
"""Open the rejected rows of an import in order to correct them."""
SOURCE_REGISTER: Final = Permission(
    "vault.source.register", _("Register source systems"), posts={"data_steward", "security_admin"}
)
"""Propose which machine account feeds which source, or confirm another person's proposal."""
WORK_ITEM_ASSIGN: Final = Permission(
    "vault.work_item.assign", _("Assign work items"), posts={"branch_manager"}, decides=True
)
"""Assign a work item of a customer in scope to someone else, or confirm another supervisor's assignment;
never to oneself."""
WORK_ITEM_HAND_OVER: Final = Permission(
    "vault.work_item.hand_over",
    _("Hand over own work items"),
    posts={"service_agent", "claims_adjuster", "underwriter", "sales_agent", "branch_manager"},
)
"""Propose that an own work item become another person's; it takes effect when a supervisor confirms it."""
