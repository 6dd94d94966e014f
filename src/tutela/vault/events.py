"""The events of the vault: customers, records, imports, work items, destructions."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details, ocsf_kinds
from tutela.trail.details import CODE, COUNT, HASH, LABEL, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_ASSIGNEE: Final = Detail("assignee", UUID_TEXT, _("Assignee"))
_CHUNK: Final = Detail("chunk", COUNT, _("Part of the import"))
_CLEARED: Final = Detail("cleared", COUNT, _("Values cleared"))
_CLEARS: Final = Detail("clears", COUNT, _("Fields cleared by blank cells"))
_COLLECTION: Final = Detail("collection", CODE, _("Collection"))
_COLUMNS: Final = Detail("columns", COUNT, _("Columns"))
_CUSTOMER_VERSION: Final = Detail("customer_version", COUNT, _("Version of the customer"))
_CUSTOMERS: Final = Detail("customers", COUNT, _("Customers"))
_DRY_RUN: Final = Detail("dry_run", COUNT, _("Trial run"))
_FAULTS: Final = Detail("faults", COUNT, _("Faults"))
_FIRST_MISSING_MS: Final = Detail("first_missing_ms", COUNT, _("Missing since"))
_FROM_BRANCH: Final = Detail("from", COUNT, _("Old branch"))
_FURTHER: Final = Detail("further", COUNT, _("Search went on in other ways"))
_GENERATION: Final = Detail("generation", COUNT, _("Key generation"))
_HELD: Final = Detail("held", COUNT, _("Held rows"))
_HELD_ROW: Final = Detail("held_row", UUID_TEXT, _("Held row"))
_HITS: Final = Detail("hits", COUNT, _("Hits"))
_KEPT: Final = Detail("kept", COUNT, _("Kept"))
_MACHINE: Final = Detail("machine", UUID_TEXT, _("Machine account"))
_MANIFEST: Final = Detail("manifest", HASH, _("Manifest hash"))
_MAPPING: Final = Detail("mapping", LABEL, _("Mapping"))
_NOT_ANCHORED: Final = Detail("not_anchored", COUNT, _("Not anchored"))
_PROPOSAL: Final = Detail("proposal", UUID_TEXT, _("Proposal"))
_RECORD: Final = Detail("record", UUID_TEXT, _("Stored record"))
_RECORDS: Final = Detail("records", COUNT, _("Records"))
_ROW: Final = Detail("row", COUNT, _("Row"))
_RUN: Final = Detail("run", UUID_TEXT, _("Run"))
_TRANSFORM: Final = Detail("transform", COUNT, _("Match type"))
_UNCHANGED: Final = Detail("unchanged", COUNT, _("Rows unchanged"))
_VERSIONS: Final = Detail("versions", COUNT, _("Versions"))
_WORK_ITEMS: Final = Detail("work_items", COUNT, _("Number of work items"))

_CONTENT_DETAILS: Final = (
    details.ROOT,
    _RUN,
    details.LEAVES,
    _RECORDS,
    _CUSTOMERS,
    _FAULTS,
    _NOT_ANCHORED,
    _FIRST_MISSING_MS,
)
_RECORD_DETAILS: Final = (
    _COLLECTION,
    _RECORD,
    details.VERSION,
    _GENERATION,
    _WORK_ITEMS,
    _MANIFEST,
    details.ROOT,
    details.BRANCH,
    _CUSTOMER_VERSION,
)
_DESTRUCTION_DETAILS: Final = (details.ORDER, _RECORDS, _VERSIONS)
_LOOK_DETAILS: Final = (
    _HITS,
    _FURTHER,
    details.FIELD,
    _TRANSFORM,
    details.LIMIT,
    _COLLECTION,
    _RECORD,
    details.VERSION,
    details.UNTIL_MS,
    details.BATCH,
)
_MOVE_DETAILS: Final = (details.MOVE, _FROM_BRANCH, details.BRANCH, _CUSTOMER_VERSION)
_HELD_ROW_DETAILS: Final = (
    details.BATCH,
    _HELD_ROW,
    _COLLECTION,
    details.SOURCE_NAME,
    _ROW,
    details.CREATED,
    details.CHANGED,
    _UNCHANGED,
    details.ROOT,
)
_IMPORT_DETAILS: Final = (
    details.BATCH,
    _CHUNK,
    _COLLECTION,
    details.SOURCE_NAME,
    _MAPPING,
    details.FILE_HASH,
    details.CREATED,
    details.CHANGED,
    _UNCHANGED,
    details.REJECTED,
    _COLUMNS,
    _CLEARS,
    details.BYTES,
    _ROW,
    _DRY_RUN,
    details.VERSION,
    details.ROOT,
    _CUSTOMERS,
    _CLEARED,
    _KEPT,
    _HELD,
)
_SOURCE_DETAILS: Final = (details.SOURCE_NAME, _PROPOSAL, _MACHINE)
_ASSIGNMENT_DETAILS: Final = (details.ASSIGNMENT, _ASSIGNEE)

CONTENT_ANCHORED: Final = EventSpec(
    "vault.content.anchored", _("Older records anchored"), _CONTENT_DETAILS
)
"""Records that predate anchoring were anchored: the root over up to a thousand rows."""
CONTENT_VERIFIED: Final = EventSpec(
    "vault.content.verified", _("Vault compared with the trail"), _CONTENT_DETAILS
)
"""Vault and trail were compared; the leaf holds the result and the counts."""
CUSTOMER_DESTROYED: Final = EventSpec(
    "vault.customer.destroyed",
    _("Customer destroyed"),
    _DESTRUCTION_DETAILS,
    ocsf=ocsf_kinds.DELETE,
)
"""A customer's keys, cells, search tags and work items were destroyed; the leaf holds the order and the
counts."""
CUSTOMER_LISTED: Final = EventSpec(
    "vault.customer.listed", _("Customers listed"), _LOOK_DETAILS, ocsf=ocsf_kinds.LIST
)
"""A page of customers was shown masked."""
CUSTOMER_MOVED: Final = EventSpec(
    "vault.customer.moved",
    _("Customer moved to another branch"),
    _MOVE_DETAILS,
    ocsf=ocsf_kinds.UPDATE,
)
"""A second person accepted, and the customer belongs to another branch."""
CUSTOMER_MOVE_PROPOSED: Final = EventSpec(
    "vault.customer.move_proposed", _("Move to another branch proposed"), _MOVE_DETAILS
)
"""A person proposed to move a customer to another branch; the reason is encrypted."""
CUSTOMER_MOVE_REFUSED: Final = EventSpec(
    "vault.customer.move_refused", _("Move to another branch rejected"), _MOVE_DETAILS
)
"""A proposed move was rejected."""
CUSTOMER_SEARCHED: Final = EventSpec(
    "vault.customer.searched", _("Customer searched"), _LOOK_DETAILS, ocsf=ocsf_kinds.QUERY
)
"""Customers were searched by a field's exact value; the leaf names the field, not the value."""
CUSTOMER_LOOKS_TOLD: Final = EventSpec(
    "vault.customer_looks.told",
    _("Customer told who has seen the data"),
    (Detail("since_ms", COUNT, _("From (milliseconds)")),),
    ocsf=ocsf_kinds.QUERY,
)
"""The customers' own door was told who has seen one customer: day, post and department, purpose and way."""
CUSTOMER_TRACED: Final = EventSpec(
    "vault.customer.traced",
    _("Customer looked up for the access trail"),
    _LOOK_DETAILS,
    ocsf=ocsf_kinds.QUERY,
)
"""An auditor looked for a customer's trail by a number or a name; nothing was opened. The leaf holds the kind of
number and names those found."""
CUSTOMER_COMPARED: Final = EventSpec(
    "vault.customer.compared",
    _("Customer keys of a staff file compared"),
    _LOOK_DETAILS,
    ocsf=ocsf_kinds.QUERY,
)
"""Whoever imports staff learned which keys of the file are customers'; the leaf names these customers."""
CUSTOMER_VIEWED: Final = EventSpec(
    "vault.customer.viewed", _("Customer page opened"), _LOOK_DETAILS, ocsf=ocsf_kinds.READ
)
"""A customer's records were shown masked."""
DESTRUCTION_APPROVED: Final = EventSpec(
    "vault.destruction.approved", _("Destruction approved"), _DESTRUCTION_DETAILS
)
"""A second person approved the destruction of a customer."""
DESTRUCTION_PROPOSED: Final = EventSpec(
    "vault.destruction.proposed", _("Destruction proposed"), _DESTRUCTION_DETAILS
)
"""A person proposed to destroy a customer; the reason is encrypted."""
DESTRUCTION_REPLAYED: Final = EventSpec(
    "vault.destruction.replayed",
    _("Destruction carried out again after a restore"),
    _DESTRUCTION_DETAILS,
    ocsf=ocsf_kinds.DELETE,
)
"""A restored database held a customer that had been destroyed since the backup; the leaf is written before it is
destroyed again, and names the order of then."""
DESTRUCTION_REJECTED: Final = EventSpec(
    "vault.destruction.rejected", _("Destruction rejected"), _DESTRUCTION_DETAILS
)
"""A proposed destruction was rejected, or withdrawn by its proposer."""
FIELD_REVEALED: Final = EventSpec(
    "vault.field.revealed", _("Clear value shown"), _LOOK_DETAILS, ocsf=ocsf_kinds.READ
)
"""Fields were shown in clear, or refused."""
HELD_ROW_ACCEPTED: Final = EventSpec(
    "vault.held_row.accepted", _("Held row accepted"), _HELD_ROW_DETAILS, ocsf=ocsf_kinds.WRITE
)
"""A data steward accepted a held row; the leaf names row and result."""
HELD_ROW_OPENED: Final = EventSpec(
    "vault.held_row.opened", _("Held row opened"), _HELD_ROW_DETAILS, ocsf=ocsf_kinds.READ
)
"""A data steward opened a held row, masked."""
HELD_ROW_QUEUED: Final = EventSpec(
    "vault.held_row.queued", _("Rows held for the data steward"), _HELD_ROW_DETAILS
)
"""Rows were held for the data steward; the leaf names the matching customers, which the importer never
learns."""
HELD_ROW_REFUSED: Final = EventSpec(
    "vault.held_row.refused", _("Held row rejected"), _HELD_ROW_DETAILS
)
"""A data steward rejected a held row; its content was deleted."""
HISTORY_VIEWED: Final = EventSpec(
    "vault.history.viewed", _("Earlier versions viewed"), _LOOK_DETAILS, ocsf=ocsf_kinds.READ
)
"""Earlier versions of a record were shown masked."""
IMPORT_COMMITTED: Final = EventSpec(
    "vault.import.committed", _("Import batch committed"), _IMPORT_DETAILS, ocsf=ocsf_kinds.WRITE
)
"""One chunk of an import was committed, in the same transaction as this leaf; it holds the root over the
rows written."""
IMPORT_FAILED: Final = EventSpec("vault.import.failed", _("Import failed"), _IMPORT_DETAILS)
"""An import stopped; it can be resumed."""
IMPORT_FINISHED: Final = EventSpec("vault.import.finished", _("Import finished"), _IMPORT_DETAILS)
"""An import finished; the leaf holds the counts."""
IMPORT_INSPECTED: Final = EventSpec(
    "vault.import.inspected", _("File inspected for import"), _IMPORT_DETAILS
)
"""A file was inspected and its columns recognised; nothing was written."""
IMPORT_REHEARSED: Final = EventSpec("vault.import.rehearsed", _("Import dry run"), _IMPORT_DETAILS)
"""A chunk of a file is compared and rolled back (dry run); the leaf names every customer compared."""
IMPORT_STARTED: Final = EventSpec("vault.import.started", _("Import started"), _IMPORT_DETAILS)
"""An import began; the leaf holds the file's hash and the mapping."""
IMPORT_UNDONE: Final = EventSpec(
    "vault.import.undone", _("Import batch undone"), _IMPORT_DETAILS, ocsf=ocsf_kinds.UPDATE
)
"""A chunk of an import was undone; the leaf names the customers and anchors the versions."""
IMPORT_UNDO_APPROVED: Final = EventSpec(
    "vault.import.undo_approved", _("Import undo approved"), _IMPORT_DETAILS
)
"""A second person approved the undo of an import."""
IMPORT_UNDO_FINISHED: Final = EventSpec(
    "vault.import.undo_finished", _("Import undone"), _IMPORT_DETAILS
)
"""The undo of an import finished; the leaf holds the counts and the number of records that kept a later
change."""
IMPORT_UNDO_PREVIEWED: Final = EventSpec(
    "vault.import.undo_previewed", _("Import undo previewed"), _IMPORT_DETAILS, ocsf=ocsf_kinds.READ
)
"""The expected changes of an undo were shown, masked; the leaf names the customers."""
IMPORT_UNDO_PROPOSED: Final = EventSpec(
    "vault.import.undo_proposed", _("Import undo proposed"), _IMPORT_DETAILS
)
"""A person proposed to undo an import; the reason is encrypted."""
IMPORT_UNDO_WITHDRAWN: Final = EventSpec(
    "vault.import.undo_withdrawn", _("Import undo withdrawn"), _IMPORT_DETAILS
)
"""A proposal to undo an import was withdrawn."""
MAPPING_SAVED: Final = EventSpec("vault.mapping.saved", _("Mapping saved"), _IMPORT_DETAILS)
"""A mapping of columns to fields was saved."""
RECORD_CHANGED: Final = EventSpec(
    "vault.record.changed", _("Record changed"), _RECORD_DETAILS, ocsf=ocsf_kinds.UPDATE
)
"""The next version of a record was written; the leaf holds its version and manifest hash."""
RECORD_CREATED: Final = EventSpec(
    "vault.record.created", _("Record added"), _RECORD_DETAILS, ocsf=ocsf_kinds.CREATE
)
"""A record was added; the leaf holds its manifest hash, and a new customer's branch."""
RECORD_OPENED: Final = EventSpec(
    "vault.record.opened", _("Record decrypted for a change"), _RECORD_DETAILS, ocsf=ocsf_kinds.READ
)
"""A customer's keys were opened to write a version of a record; the leaf of the change follows."""
REJECTS_OPENED: Final = EventSpec(
    "vault.rejects.opened", _("Rejected rows opened"), _IMPORT_DETAILS, ocsf=ocsf_kinds.READ
)
"""Rejected rows of an import were opened, masked except for invalid cells; the leaf names the rows and the
matching customers."""
SOURCE_PROPOSED: Final = EventSpec("vault.source.proposed", _("Source proposed"), _SOURCE_DETAILS)
"""A person proposed that a machine account feed a source, or stop feeding it."""
SOURCE_REFUSED: Final = EventSpec("vault.source.refused", _("Source rejected"), _SOURCE_DETAILS)
"""A proposal for a source was rejected."""
SOURCE_REGISTERED: Final = EventSpec(
    "vault.source.registered", _("Source registered"), _SOURCE_DETAILS
)
"""A second person confirmed; the registration is in force."""
WORK_ITEM_ASSIGNED: Final = EventSpec(
    "vault.work_item.assigned",
    _("Work item assigned, waiting for a second person"),
    _ASSIGNMENT_DETAILS,
)
"""A supervisor assigned a work item to someone else; it is not in effect yet. The reason is encrypted."""
WORK_ITEM_ASSIGNMENT_CONFIRMED: Final = EventSpec(
    "vault.work_item.assignment_confirmed",
    _("Work item assignment in force"),
    _ASSIGNMENT_DETAILS,
)
"""A second person confirmed, or the waiting time of the matrix has passed."""
WORK_ITEM_ASSIGNMENT_REFUSED: Final = EventSpec(
    "vault.work_item.assignment_refused",
    _("Work item assignment rejected"),
    _ASSIGNMENT_DETAILS,
)
"""An assignment was rejected."""
WORK_ITEMS_RELEASED: Final = EventSpec(
    "vault.work_items.released", _("Work items of a leaver released"), _ASSIGNMENT_DETAILS
)
"""An account was closed and its open work items have no assignee; the leaf names the customers and whose they
were."""
WORK_ITEM_IMPORTED: Final = EventSpec(
    "vault.work_item.imported", _("Work items imported"), _IMPORT_DETAILS, ocsf=ocsf_kinds.WRITE
)
"""Work items were added or changed."""
WORK_ITEM_LISTED: Final = EventSpec(
    "vault.work_item.listed", _("Work items listed"), _LOOK_DETAILS, ocsf=ocsf_kinds.LIST
)
"""Work items were shown with their numbers and the customers' masked names."""
