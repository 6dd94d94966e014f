"""Tags of the access trail and of the counts of encrypted values."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

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
    """The page of what one person has seen."""
    return reverse("trail-view-person", args=[actor_id])


@register.filter
def short_id(key: object) -> str:
    """The end of an id: the beginning of ours is a time, which many share."""
    return f"…{str(key)[-8:]}"


@register.simple_tag
def zone_note() -> str:
    """In which time zone the times of a page are: one for the whole company."""
    return _("Times are those of %(zone)s.") % {"zone": timezone.get_default_timezone()}
