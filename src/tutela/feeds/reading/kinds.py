"""The log formats by name: what each is called, and its reader."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.feeds.errors import ReaderUnknown

from .mapped import CsvReader, JsonReader
from .mapping import LogMapping
from .told import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFormat:
    """One format. `is_mapped` where the company says which column is what."""

    name: str
    label: Promise
    reader: Callable[[LogMapping], Reader]
    is_mapped: bool = False


FORMATS: Final[dict[str, LogFormat]] = {
    each.name: each
    for each in (
        LogFormat(name="csv", label=_("Own log: CSV"), reader=CsvReader, is_mapped=True),
        LogFormat(name="jsonl", label=_("Own log: JSON lines"), reader=JsonReader, is_mapped=True),
    )
}


def format_named(name: str) -> LogFormat:
    """ReaderUnknown for a name that there is not."""
    try:
        return FORMATS[name]
    except KeyError:
        raise ReaderUnknown from None
