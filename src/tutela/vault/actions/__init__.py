"""The verbs of the vault, by one name each. Those that only read live one level up."""

from tutela.vault.find import find, list_customers
from tutela.vault.reveal import reveal, reveal_many
from tutela.vault.view import history, view_customer

from .counts import count_encryption
from .records import Created, change_record, create_record
from .work_items import WorkItemRow, import_work_items

__all__ = [
    "Created",
    "WorkItemRow",
    "change_record",
    "count_encryption",
    "create_record",
    "find",
    "history",
    "import_work_items",
    "list_customers",
    "reveal",
    "reveal_many",
    "view_customer",
]
