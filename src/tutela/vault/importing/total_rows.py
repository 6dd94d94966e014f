"""Total and footer rows that stand below a table's data: 合计, 制表人：…, "(共 12 条)", Grand total.

They are told by their first filled cell or by a cell of names, together with what else is in the row: a
row that has a number of its own is a record, whatever its name, and so is one whose cells are mostly
filled. What is taken for a total is rejected with a reason, so that nobody is lost silently.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .targets import Target

_NUMBERS = frozenset({"key", "customer_key", "identity"})
_NAMES = "person_name"
_COUNTED = "条|人|户|笔|件|张|元|万元|行|名|位|份|项|家"
_BLANKS = re.compile(r"[\s\u3000]+")
_LABEL = re.compile(
    rf"""
    (?:以上|本页|本表|本月|本年|本期|全部|总)*(?:合计|总计|小计|共计|累计|汇总)
        (?:[（(][^（）()]{{1,8}}[)）])?[:：]?[￥¥]?[\d,.，]*(?:{_COUNTED})?(?:记录|数据|客户|保单)?[。.]?
    |[（(【]?(?:以上)?共(?:计|有)?[\d,]+(?:{_COUNTED})(?:记录|数据|客户|保单|信息)*[)）】。.]?
    |(?:制表|制单|填表|编制|审核|审批|复核|经办|打印|导出|统计|报表|出表|主管|负责|签字|盖章)
        (?:人|员|日期|时间|单位|部门|机构|者)?(?:签字|签章)?[:：].*
    |(?:制表|制单|填表|编制|审核|复核|打印|导出|统计)(?:人|员|日期|时间|单位|部门)
    |(?:grand|sub|page|sum)?-?totals?(?:[:：=].*|\(.*\))?
    |(?:sum|count|subtotal)(?:[:：=].*)?
    |(?:prepared|printed|checked|approved|reviewed|exported|generated|created)(?:by|on|at)(?:[:：].*)?
    |(?:report|print|export)(?:date|time)[:：].*
    |\(?\d+rows?(?:affected|selected|inset.*|fetched)?\.?\)?
    |(?:\*+|-+|=+)?endof(?:report|file|data|list)(?:\*+|-+|=+)?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_STARTS = frozenset("以本全总合小共累汇制单填编审复经打导统报出主负签（(【*-=0123456789gspctrae")
"""What a label begins with, in small letters: nearly every row is told by this."""
_LONGEST = 60


class Shape(NamedTuple):
    """Where the mapped cells of a row stand: all, those of numbers of its own, those of names; and how many
    blank cells a total row has at least."""

    mapped: tuple[int, ...]
    numbers: frozenset[int]
    names: tuple[int, ...]
    blanks: int


def shape_of(places: Sequence[tuple[int, Target]]) -> Shape:
    """The shape of the rows of a mapping."""
    mapped = tuple(place for place, _target in places)
    others = len(mapped) - 1
    return Shape(
        mapped,
        frozenset(place for place, target in places if target.role in _NUMBERS),
        tuple(place for place, target in places if target.recogniser == _NAMES),
        others - others // 2 if others > 1 else 0,
    )


def is_total(cells: Sequence[str], shape: Shape) -> bool:
    """Whether a row is a total or a footer."""
    if cells.count("") < shape.blanks:
        return False
    first = next((place for place, cell in enumerate(cells) if cell), -1)
    return any(
        _is_label(cells[place]) and _stands_alone(cells, place, shape)
        for place in dict.fromkeys((first, *shape.names))
        if 0 <= place < len(cells)
    )


def _is_label(cell: str) -> bool:
    if cell.lstrip()[:1].lower() not in _STARTS or len(cell) > _LONGEST:
        return False
    return _LABEL.fullmatch(_BLANKS.sub("", cell)) is not None


def _stands_alone(cells: Sequence[str], label: int, shape: Shape) -> bool:
    """Whether the row has no number of its own and, beside the label, mostly blanks."""
    filled = [place for place in shape.mapped if place != label and cells[place].strip()]
    if not shape.numbers.isdisjoint(filled):
        return False
    if label in shape.numbers:  # 合计 is nobody's customer number
        return True
    return 2 * len(filled) < len(shape.mapped)
