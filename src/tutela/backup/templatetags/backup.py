"""Filters of the pages of backups: sizes and durations."""

from django import template

from tutela.backup import words

register = template.Library()


@register.filter
def size(number: int | None) -> str:
    """Bytes as people read them."""
    return words.size(number)


@register.filter
def duration(seconds: float | None) -> str:
    """A duration in its two largest units."""
    return words.duration(seconds)
