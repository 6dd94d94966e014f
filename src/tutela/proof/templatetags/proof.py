"""Template filter: sizes of files."""

from django import template

register = template.Library()


@register.filter
def size(number: int) -> str:
    """A number of bytes in B, KB or MB."""
    if number < 1024:
        return f"{number} B"
    return f"{number / 1024:,.0f} KB" if number < 1024**2 else f"{number / 1024**2:,.1f} MB"
