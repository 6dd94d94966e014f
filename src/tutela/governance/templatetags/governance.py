"""Words of this room that its pages look up by code."""

from django import template

from tutela.governance import words

register = template.Library()


@register.filter
def look_name(look: str) -> str:
    """What a cell's colour says, in words."""
    return str(words.LOOKS[look])


@register.filter
def size(number: int) -> str:
    """Bytes as a person reads them."""
    if number < 1024:
        return f"{number} B"
    return f"{number / 1024:,.0f} KB" if number < 1024**2 else f"{number / 1024**2:,.1f} MB"


@register.filter
def post_name(code: str) -> str:
    """The name of a post by its code."""
    return words.post_name(code)
