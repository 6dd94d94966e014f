"""What a column may be mapped to: the catalogue's fields of a collection, or a work item's parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tutela.base.language import reads_chinese
from tutela.detect.primitives.header_words import LONGEST_WORD, bare, han, last_characters
from tutela.vault import catalogue
from tutela.vault.catalogue import Collection

from .errors import CollectionUnknown

WORK_ITEM = "work_item"
_TAIL = 0.85


@dataclass(frozen=True, slots=True)
class Target:
    """One field to map to. `id` is the catalogue's, or below 100 for a part of a work item."""

    id: int
    code: str
    synonyms: tuple[str, ...]
    recogniser: str
    mandatory: bool
    role: str
    names: tuple[str, str]
    value_type: str = "text"

    def label(self) -> str:
        """The name in the active language."""
        return self.names[1 if reads_chinese() else 0]


def _work_part(
    number: int, code: str, names: tuple[str, str], words: str, recogniser: str, role: str = ""
) -> Target:
    mandatory = code in {"kind", "number", "opened"}
    value_type = "date" if recogniser == "date" else "text"
    synonyms = tuple(words.split("|"))
    return Target(number, code, synonyms, recogniser, mandatory, role, names, value_type)


WORK_ITEM_PARTS = (
    _work_part(1, "kind", ("Kind", "类型"), "kind|类型|业务类型|工单类型|work item kind", ""),
    _work_part(2, "number", ("Number", "业务号"), "number|业务号|编号|单号|工单号|work item number|no",
               "customer_number", "key"),
    _work_part(3, "customer", ("Customer number", "客户号"),
               "customer|客户号|客户编号|customer number|customer no", "customer_number", "customer_key"),
    _work_part(4, "customer_id_number", ("Customer id number", "客户证件号"),
               "证件号码|身份证号|客户证件号|id number|customer id number", "id_document", "identity"),
    _work_part(5, "assignee", ("Assignee", "经办人"),
               "assignee|经办人|工号|员工号|坐席工号|处理人|staff|staff no", ""),
    _work_part(6, "opened", ("Opened", "开始日期"), "opened|开始日期|受理日期|立案日期|open date|时间",
               "date"),
    _work_part(7, "closed", ("Closed", "结束日期"), "closed|结束日期|办结日期|结案日期|close date",
               "date"),
)  # fmt: skip


@cache
def targets_of(collection: int) -> tuple[Target, ...]:
    """The targets of a collection, in the order of the catalogue."""
    if collection == Collection.WORK_ITEM:
        return WORK_ITEM_PARTS
    return tuple(
        Target(f.id, f.code, f.synonyms, f.recogniser, f.mandatory, f.role, (f.name_en, f.name_zh),
               f.value_type)
        for f in catalogue.fields_of(collection)
    )  # fmt: skip


@cache
def by_code(collection: int) -> dict[str, Target]:
    """The targets of a collection by their codes."""
    return {target.code: target for target in targets_of(collection)}


def collections() -> Sequence[tuple[int, str]]:
    """(number, code) of everything that can be imported."""
    listed = [(int(info.id), info.code) for info in catalogue.COLLECTIONS]
    if Collection.WORK_ITEM not in {number for number, _code in listed}:
        listed.append((int(Collection.WORK_ITEM), WORK_ITEM))
    return listed


def collection_number(code: str) -> int:
    """The number of a collection by its code, or CollectionUnknown."""
    for number, name in collections():
        if name == code:
            return number
    raise CollectionUnknown(collection=code[:32])


def collection_code(number: int) -> str:
    """The code of a collection by its number."""
    return next(code for known, code in collections() if known == number)


@cache
def _names() -> frozenset[str]:
    """All names of all fields, without blanks and marks."""
    everything = [t for number, _code in collections() for t in targets_of(number)]
    return frozenset(_plain(word) for target in everything for word in target.synonyms)


def _plain(text: str) -> str:
    return han(bare(text)).replace("-", "").replace(".", "")


def known(column: str) -> float:
    """How much a cell looks like the name of any field, 0 to 1: what finds the header row."""
    text = _plain(column)
    if text in _names():
        return 1.0
    ends = any(text[-size:] in _names() for size in range(2, min(len(text), 8)))
    return _TAIL if ends and not text.isascii() else 0.0


def is_label(cell: str) -> bool:
    """Whether a cell is the Chinese label of a field and nothing else, as a line of a form has it: 手机号："""
    if not 1 < len(cell) <= LONGEST_WORD or cell.isascii():
        return False
    # Nearly all names of people end with a character that ends no label.
    last = cell[-1]
    if "\u4e00" <= last <= "\u9fff" and last not in _label_ends():
        return False
    return _plain(cell) in _names()


@cache
def _label_ends() -> frozenset[str]:
    return last_characters(_names())
