"""Who the signed-in person is: the posts held today and what they may open."""

from django.db.models import Q

from tutela.access.models import Assignment, Staff
from tutela.access.posts import POSTS, PostSpec
from tutela.base import clock


def posts_of(person: Staff) -> list[PostSpec]:
    """The posts that a person holds today, each once, in the order they were given."""
    today = clock.today()
    held = Assignment.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=today), staff=person, starts__lte=today
    ).order_by("starts", "id")
    codes = dict.fromkeys(held.values_list("post_id", flat=True))
    return [POSTS[code] for code in codes if code in POSTS]
