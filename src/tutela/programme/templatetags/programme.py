"""Words of this room that its pages look up by code."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from tutela.programme import words

register = template.Library()


@register.filter
def look_name(look: str) -> str:
    """What a cell's colour says, in words."""
    return str(words.LOOKS[look])


@register.filter
def listed(things: Iterable[object]) -> str:
    """People's names, or numbers, one after another as each language sets them apart."""
    comma = "、" if (get_language() or "").startswith("zh") else ", "
    return comma.join(str(getattr(one, "name", one)) for one in things)


@register.filter
def size(number: int) -> str:
    """Bytes as a person reads them."""
    if number < 1024:
        return f"{number} B"
    return f"{number / 1024:,.0f} KB" if number < 1024**2 else f"{number / 1024**2:,.1f} MB"


@register.filter
def post_names(codes: Iterable[str]) -> str:
    """The names of posts by their codes, one after another."""
    return listed(words.post_name(code) for code in codes)


@register.filter
def post_name(code: str) -> str:
    """The name of a post by its code."""
    return words.post_name(code)
