"""Tags of the access trail and of the counts of encrypted values."""

from django import template
from django.urls import reverse

from tutela.trail.event_specs import key_words
from tutela.web.templatetags.web import count

register = template.Library()


@register.simple_tag
def missing(all_of_them: int, those: int) -> str:
    """How many are not among those."""
    return count(all_of_them - those)


@register.filter
def part_name(key: str) -> str:
    """What a key of a leaf's decision or detail means; the key if nobody declares it any more."""
    return key_words(key)


@register.simple_tag
def person_link(actor_id: str) -> str:
    """The trail of one person."""
    return reverse("trail-search-person", args=[actor_id])
