"""Tags and filters of pages: drawings, form controls, numbers, days, names, links of lists."""

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.staticfiles import finders
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
)
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tutela.base.language import name_of, reads_chinese
from tutela.detect.classes import ClassInfo, DataClass
from tutela.web.frame import BOXES
from tutela.web.lists import Listing

register = template.Library()
_CELL_END = SafeString("</td>")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", re.ASCII)
_CHINESE = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff][\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff]*"
)
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b", re.ASCII)


@lru_cache(maxsize=512)
def _drawing(name: str) -> str:
    """The inner part of one Tabler icon; LookupError when the package has none of that name.

    The icons lie beside the style sheets but are not served: thousands of small files, of which
    the pages show a few, each as a part of the page.
    """
    served = finders.find("tabler/css/tabler.min.css")
    file = Path(str(served)).parents[3] / "icons" / "icons" / "outline" / f"{name}.svg"
    if not served or not file.is_file():
        raise LookupError(f"Tabler has no outline icon {name}, or `make setup` has not run")
    return file.read_text(encoding="utf-8").partition(">")[2]


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One drawing, hidden from screen readers: the words beside it say the same."""
    head = format_html('<svg class="icon {}" viewBox="0 0 24 24" aria-hidden="true" ', extra)
    pen = 'fill="none" stroke="currentColor" stroke-width="1.75"'
    stroke = f'{pen} stroke-linecap="round" stroke-linejoin="round">'
    return mark_safe(head + stroke + _drawing(name))  # noqa: S308 the file is from the icon package


@register.filter
def control(field: BoundField, more: str = "") -> SafeString:
    """A form control with the looks and the accessible names of this house. Of a refused form the first control
    at fault has the focus, unless a fault of the whole form is told above it. `more` is an attribute without a
    value."""
    widget = field.field.widget
    looks = "form-control"
    if isinstance(widget, CheckboxInput):
        looks = "form-check-input"
    elif isinstance(widget, CheckboxSelectMultiple):
        looks = "choices"  # of the list and of each box in it
    elif isinstance(widget, Select) and not isinstance(widget, RadioSelect):
        looks = "form-select"
    attrs: dict[str, Any] = {"class": looks + (" is-invalid" if field.errors else "")}
    if isinstance(widget, Textarea):
        attrs.setdefault("rows", widget.attrs.get("rows", 3))
    about = [part for part, there in (("error", field.errors), ("help", field.help_text)) if there]
    if about:
        attrs["aria-describedby"] = " ".join(f"{field.auto_id}_{part}" for part in about)
    if widget.attrs.get("placeholder") == field.field.label:
        attrs["placeholder"] = False  # the library repeats the label, which stands above already
    if field.form.is_bound and widget.attrs.get("autofocus"):
        attrs["autofocus"] = False
    if _is_first_at_fault(field):
        attrs["autofocus"] = True
    if more and not field.form.errors:
        attrs[more] = True
    return field.as_widget(attrs=attrs)


def _is_first_at_fault(field: BoundField) -> bool:
    form = field.form
    if not field.errors or form.non_field_errors():
        return False
    return field.name == next((name for name in form.fields if name in form.errors), None)


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def count(value: float | None) -> str:
    """1234567 as 1,234,567; a dash for nothing known."""
    return "–" if value is None else f"{value:,.0f}"


@register.filter
def percent(value: float | None) -> str:
    """A share in per cent, never rounded up to 100."""
    if value is None:
        return "–"
    shown = min(value, 99.99) if value < 100 else 100.0
    return f"{shown:.2f}".rstrip("0").rstrip(".") + " %"


@register.filter
def per_mille(number: int, width: int) -> int:
    """A place on a line of 1,000 on one of another width."""
    return number * width // 1000


@register.filter
def moment(value: datetime | None) -> str:
    """A time of the company's zone with seconds, as both languages can read it."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S") if value else "–"


@register.filter
def company_time(value: object) -> object:
    """A moment that stands as text with its offset, as rows of evidence keep it, in the company's zone; anything
    else as it is."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return value
    return moment(datetime.fromisoformat(value))


@register.filter
def day(value: datetime | None) -> str:
    return formats.date_format(timezone.localtime(value), "Y-m-d") if value else "–"


@register.filter
def named(thing: Any) -> str:
    """The name of a field, post or branch in the active language (it carries `name_zh` and `name_en`)."""
    return name_of(thing)


@register.filter
def breakable(code: str) -> SafeString:
    """A code that may be broken behind its dots, so that narrow columns do not break its words."""
    return mark_safe(escape(code).replace(".", ".<wbr>"))  # noqa: S308 escaped first


@register.filter
def whole_days(sentence: str) -> SafeString:
    """A sentence whose days are not broken behind their hyphens."""
    return mark_safe(_DAY.sub(r'<span class="text-nowrap">\g<0></span>', escape(sentence)))  # noqa: S308 escaped first


@register.filter
def spoken(typed: object) -> SafeString:
    """What people have typed, of which the Chinese is marked as such on a page in English, so that it is read
    aloud in its own voice. Of Latin letters nobody knows the language."""
    text = str(escape(typed))
    if not reads_chinese():
        text = _CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', text)
    return mark_safe(text)  # noqa: S308 escaped first


@register.simple_tag
def label_of(about: ClassInfo) -> str:
    """The name of a data class in the active language."""
    return about.label_zh if reads_chinese() else about.label_en


@register.filter
def class_name(number: int) -> str:
    """The name of a data class by its number."""
    return label_of(DataClass(number).about)


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """mapping[key], or nothing."""
    return mapping.get(key) if mapping else None


@register.simple_tag(takes_context=True)
def link_with(context: template.Context, **changes: str | None) -> str:
    """The address of this page with some of its filters changed; an empty one leaves."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + urlencode(sorted(query.items()))


@register.simple_tag(takes_context=True)
def frame_boxes(context: template.Context) -> SafeString:
    """What rooms put into the head of this page for this reader; nothing on a page without a request."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    drawn = [
        render_to_string(box.template, shown, request)
        for box in BOXES.values()
        if (shown := box.context(request)) is not None
    ]
    return mark_safe("".join(drawn))  # noqa: S308 drawn by templates, which escape


@register.simple_block_tag(takes_context=True)
def cell(context: template.Context, content: SafeString, code: str, look: str = "") -> SafeString:
    """A cell of the list that the page declared, with its column's label for small screens and its looks."""
    listing: Listing = context["listing"]
    return listing.cell_start(code, look) + content + _CELL_END
