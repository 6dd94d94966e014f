"""Find people by what one knows of them: a name, a staff number or a sign-in name. Of staff, never customers."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q

from tutela.base import clock
from tutela.base.language import name_of

from . import queries
from .errors import StaffAmbiguous, StaffUnknown
from .models import Staff
from .posts import POSTS

MOST: Final = 50
SHORTEST: Final = 1
"""Characters that a part of a name must have: a Chinese family name has one."""
LONGEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A member of staff or a machine account as a list of people shows them; `posts` are codes held today."""

    id: UUID
    name: str
    staff_no: str
    login: str
    branch: str
    posts: tuple[str, ...]
    is_active: bool

    @property
    def post_names(self) -> list[str]:
        """The posts in the active language."""
        return [name_of(POSTS[code]) for code in self.posts if code in POSTS]


def plain(text: str) -> str:
    """A typed name without what nobody sees: marks of direction, joiners, doubled blanks; full width as half."""
    shown = "".join(
        c for c in text if unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co", "Cn"}
    )
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def find(text: str) -> list[Found]:
    """People whom a text may mean: those of exactly this number or sign-in name, else of exactly this name, else
    whose name, number or sign-in name holds it. At most MOST; StaffUnknown when nobody is."""
    wanted = plain(text)
    if not SHORTEST <= len(wanted) <= LONGEST:
        raise StaffUnknown(staff="")
    for condition in (queries.is_named(wanted), Q(name__iexact=wanted), holds(wanted)):
        if people := list(Staff.objects.filter(condition).order_by("name", "staff_no")[:MOST]):
            return listed(people)
    raise StaffUnknown(staff="")


def holds(wanted: str) -> Q:
    """Whether a name, number or sign-in name holds this part."""
    return Q(name__icontains=wanted) | Q(staff_no__icontains=wanted) | Q(login__icontains=wanted)


def find_one(text: str) -> Found:
    """The one person whom a text or id means; StaffUnknown, StaffAmbiguous."""
    try:
        found = listed(Staff.objects.filter(pk=UUID(text)))
    except ValueError:
        found = find(text)
    if not found:
        raise StaffUnknown(staff="")
    if len(found) > 1:
        raise StaffAmbiguous(count=len(found))
    return found[0]


def suggest(text: str, most: int = 8) -> list[Found]:
    """Whom a text that is still being typed may mean; nobody for one that is too short or too long."""
    wanted = plain(text)
    if not SHORTEST <= len(wanted) <= LONGEST:
        return []
    held = (
        Q(name__istartswith=wanted) | Q(staff_no__istartswith=wanted) | Q(login__istartswith=wanted)
    )
    people = list(Staff.objects.filter(held).order_by("-is_active", "name", "staff_no")[:most])
    return listed(people)


def listed(people: Iterable[Staff]) -> list[Found]:
    """People with the posts that they hold today and their branch's name."""
    people = list(people)
    held: dict[UUID, list[str]] = {}
    rows = queries.assignments_on(clock.today()).filter(staff__in=people).order_by("starts", "id")
    branches: dict[UUID, str] = {}
    for row in rows:
        held.setdefault(row.staff_id, []).append(row.post_id)
        if row.branch is not None:
            branches.setdefault(row.staff_id, name_of(row.branch))
    return [
        Found(
            id=person.id, name=person.name, staff_no=person.staff_no, login=person.login,
            branch=branches.get(person.id, ""), posts=tuple(dict.fromkeys(held.get(person.id, []))),
            is_active=person.is_active,
        )
        for person in people
    ]  # fmt: skip


def peers(person_id: UUID) -> dict[str, list[str]]:
    """By each post that a person holds today, the ids of the active people who hold it, the person among them."""
    today = queries.assignments_on(clock.today())
    posts = list(today.filter(staff_id=person_id).values_list("post_id", flat=True))
    by_post: dict[str, list[str]] = {code: [] for code in posts}
    rows = today.filter(post_id__in=posts, staff__is_active=True).values_list("post_id", "staff_id")
    for post, staff in rows.distinct():
        by_post[post].append(str(staff))
    return by_post
