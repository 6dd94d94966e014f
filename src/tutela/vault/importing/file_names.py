"""The name of a file that was brought in, for those who may see its import.

People name files after people, so it is sealed with the batch; a name that holds a customer's number or
address is shown by its ending alone.
"""

from pathlib import PurePath
from uuid import UUID

from tutela.base.free_text import find_customer_value
from tutela.detect.recogniser import HIDDEN
from tutela.keys import custody

_LONGEST = 255


def seal(name: str, batch: UUID) -> bytes | None:
    """The name as it is stored; None without one."""
    shown = _harmless(PurePath(name.replace("\\", "/")).name[:_LONGEST])
    return custody.seal_secret(_label(batch), shown.encode("utf-8", "replace")) if shown else None


def opened(sealed: bytes | None, batch: UUID) -> str:
    """The name of a batch's file, "" if none was kept."""
    return custody.open_secret(_label(batch), sealed).decode() if sealed else ""


def _harmless(name: str) -> str:
    printable = "".join(char if char.isprintable() else "?" for char in name)
    return HIDDEN + PurePath(printable).suffix[:8] if find_customer_value(name) else printable


def _label(batch: UUID) -> str:
    return f"vault.import.file_name/{batch}"
