"""Clean, check and mask values by recogniser id or mask name, one at a time or by column.

`check` expects what `clean` returned. Checks that some real values fail do not refuse a value: county codes,
and the check characters of VINs from where they are not mandatory. A blank is never a problem; the catalogue
knows which fields are mandatory.
"""

from collections.abc import Sequence
from datetime import date

from tutela.detect.primitives.characters import BLANKS, half_width
from tutela.detect.primitives.clean_forms import SCIENTIFIC
from tutela.detect.recogniser import (
    HIDDEN,
    NUMBER_LOSSY,
    TEXT,
    Form,
    Matching,
    Problem,
    Ready,
    Today,
)
from tutela.detect.recognisers import MASKS, REGISTRY

FORMS: dict[str, Form] = {kind.id: kind.form for kind in REGISTRY.values()}


def clean(recogniser_id: str, text: str) -> str:
    """The canonical text of one value; "" for a blank or a mark such as NULL."""
    return _clean(FORMS.get(recogniser_id, TEXT), text)


def _clean(form: Form, text: str) -> str:
    if not text:
        return ""
    if len(text) < 8 and not form.keeps_marks and half_width(text) in BLANKS:
        return ""
    return form.clean(text)


def check(recogniser_id: str, text: str, *, today: date) -> Problem | None:
    """The problem of a canonical value, or None."""
    return _problem(FORMS.get(recogniser_id, TEXT), text, Today.of(today))


def _problem(form: Form, text: str, today: Today) -> Problem | None:
    if not text:
        return None
    if form.numeric and SCIENTIFIC.fullmatch(text):
        return NUMBER_LOSSY
    return form.check(text, today) if form.check else None


def clean_column(
    recogniser_id: str, values: Sequence[str], today: date
) -> tuple[list[str], list[tuple[int, Problem]]]:
    """The canonical texts of a column, and (index, problem) of the values that have one."""
    form, day = FORMS.get(recogniser_id, TEXT), Today.of(today)
    cleaned = list(values)
    problems: list[tuple[int, Problem]] = []
    for index in _unready(form.ready, values, day):
        cleaned[index] = text = _clean(form, values[index])
        problem = _problem(form, text, day)
        if problem:
            problems.append((index, problem))
    return cleaned, problems


def _unready(ready: Ready, values: Sequence[str], day: Today) -> list[int]:
    """Where the values stand that are to be cleaned: in most columns nowhere."""
    if isinstance(ready, Matching):
        found = enumerate(map(ready.full, values))
        return [index for index, match in found if match is None and values[index]]
    return [index for index, value in enumerate(values) if value and not ready(value, day)]


def has_check(recogniser_id: str) -> bool:
    """Whether values of this kind are checked."""
    return FORMS.get(recogniser_id, TEXT).check is not None


def mask(name: str, value: str) -> str:
    """The masked form of a canonical value; "" for "". An unknown mask hides everything.

    A mask never equals its value. Values that are too short or have another form are replaced by HIDDEN.
    """
    if not value:
        return ""
    known = MASKS.get(name)
    masked = known.hide(value) if known else HIDDEN
    # A value that consists of stars would equal its mask.
    return masked if masked != value else masked + "*"
