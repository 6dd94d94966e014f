"""Who the signed-in person is: the posts held today."""

from tutela.access import queries
from tutela.access.models import Staff
from tutela.access.posts import POSTS, PostSpec
from tutela.base import clock


def posts_of(person: Staff) -> list[PostSpec]:
    """The posts that a person holds today, each once, in the order they were given."""
    assignments = (
        queries.assignments_on(clock.today()).filter(staff=person).order_by("starts", "id")
    )
    codes = dict.fromkeys(assignments.values_list("post_id", flat=True))
    return [POSTS[code] for code in codes if code in POSTS]
