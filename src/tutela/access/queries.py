"""Look-ups of people and places, for actions and pages."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tutela.base import clock

from .errors import ApiKeyUnknown, BranchUnknown, DepartmentUnknown, PostUnknown, StaffUnknown
from .models import ApiKey, Assignment, Branch, Department, Post, QuotaUse, Staff

LOCAL_OPERATOR = "local-operator"


def department(code: str) -> Department:
    """By code, or by either name as personnel files have it; DepartmentUnknown."""
    by = Q(code=code) | Q(name_zh=code) | Q(name_en=code)
    row = Department.objects.filter(by).order_by("id").first()
    if row is None:
        raise DepartmentUnknown
    return row


def department_names() -> dict[str, tuple[str, str]]:
    """The names of every department by code: Chinese, English."""
    rows = Department.objects.values_list("code", "name_zh", "name_en")
    return {code: (name_zh, name_en) for code, name_zh, name_en in rows}


def branch(code: str) -> Branch:
    row = Branch.objects.filter(code=code).first()
    if row is None:
        raise BranchUnknown
    return row


def branch_codes() -> dict[str, int]:
    """Branch code to id, all of them: a few thousand at most."""
    return dict(Branch.objects.values_list("code", "id"))


def post(code: str) -> Post:
    row = Post.objects.filter(code=code).first()
    if row is None:
        raise PostUnknown
    return row


def staff_by_login(login: str) -> Staff:
    staff = Staff.objects.filter(login=login.strip().lower()).first()
    if staff is None:
        raise StaffUnknown(staff="")
    return staff


def staff_by_id(staff_id: str) -> Staff:
    staff = Staff.objects.filter(id=staff_id).first()
    if staff is None:
        raise StaffUnknown(staff=staff_id)
    return staff


def staff_ids(logins: list[str]) -> dict[str, str]:
    """Login or staff number to id, for files that name people by either."""
    rows = Staff.objects.filter(Q(login__in=logins) | Q(staff_no__in=logins))
    by_name: dict[str, str] = {}
    for key, login, number in rows.values_list("id", "login", "staff_no"):
        by_name[login] = by_name[number] = str(key)
    return by_name


def is_named(name: str, staff: str = "") -> Q:
    """The condition that an account has this login or staff number, as somebody typed it. `staff` leads to the
    account where rows of something else are asked for: `staff__`."""
    typed = name.strip()
    return Q((f"{staff}login", typed.lower())) | Q((f"{staff}staff_no", typed))


def active_person_id(name: str) -> str | None:
    """The id of the person (no machine) who is active and has this login or staff number."""
    people = Staff.objects.filter(is_named(name), kind="staff", is_active=True)
    ids = list(people.exclude(login="").values_list("id", flat=True)[:2]) if name else []
    return str(ids[0]) if len(ids) == 1 else None


def is_active_person(staff_id: str) -> bool:
    """Whether this is a person (no machine) whose account is active."""
    return Staff.objects.filter(id=staff_id, kind="staff", is_active=True).exists()


def gone_ids() -> list[UUID]:
    """The ids of all accounts that are closed."""
    return list(Staff.objects.filter(is_active=False).values_list("id", flat=True))


def api_keys(login: str = "") -> QuerySet[ApiKey]:
    """Every key that was made, of one account or of all, the newest first."""
    keys = ApiKey.objects.select_related("staff", "replaced_by")
    if login:
        keys = keys.filter(staff=staff_by_login(login))
    return keys.order_by("-created_at", "-id")


def keys_that_expire(before: datetime) -> list[ApiKey]:
    """Keys that work now, have no successor, and end before a moment; of active accounts."""
    keys = ApiKey.objects.select_related("staff").filter(
        revoked_at__isnull=True, replaced_by__isnull=True, staff__is_active=True
    )
    return list(keys.filter(expires__gt=clock.now(), expires__lte=before).order_by("expires", "id"))


def api_key(public_id: str) -> ApiKey:
    """By the part of the key's text that may be shown; ApiKeyUnknown."""
    key = ApiKey.objects.filter(public_id=public_id.strip()).first()
    if key is None:
        # What was typed may be a whole key.
        raise ApiKeyUnknown(key="?")
    return key


def machine_ids() -> list[str]:
    """The ids of all machine accounts: a handful."""
    return [str(key) for key in Staff.objects.filter(kind="machine").values_list("id", flat=True)]


def names(ids: list[str]) -> dict[str, str]:
    """Staff id to name, for pages that list what people did."""
    rows = Staff.objects.filter(id__in=ids).values_list("id", "name")
    return {str(key): name for key, name in rows}


def staff_numbers(ids: list[str]) -> dict[str, str]:
    """Staff numbers by id, for those that exist."""
    rows = Staff.objects.filter(id__in=ids).values_list("id", "staff_no")
    return {str(key): number for key, number in rows}


def assignments_on(day: date) -> QuerySet[Assignment]:
    """The posts held on a day."""
    return Assignment.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day
    ).select_related("post", "branch", "staff")


def branches_of(staff_id: UUID, posts: Collection[str], day: date) -> list[Branch]:
    """The branches for which a person holds one of these posts on a day."""
    held = assignments_on(day).filter(staff_id=staff_id, post__in=posts, branch__isnull=False)
    return list(Branch.objects.filter(id__in=held.values("branch")).order_by("id"))


def staff_of_branch(branch: Branch, day: date) -> list[UUID]:
    """The active people who hold a post at a branch on a day."""
    held = assignments_on(day).filter(branch=branch, staff__is_active=True)
    return list(held.values_list("staff_id", flat=True).distinct())


def counts_by_post(branch: Branch, day: date) -> list[tuple[Post, int]]:
    """How many active people hold each post at a branch on a day, the most first."""
    held = assignments_on(day).filter(branch=branch, staff__is_active=True).order_by()
    counts = dict(held.values_list("post").annotate(count=Count("staff", distinct=True)))
    posts = {post.code: post for post in Post.objects.filter(code__in=counts)}
    return sorted(
        ((posts[code], number) for code, number in counts.items()),
        key=lambda pair: (-pair[1], pair[0].code),
    )


def posts_today(staff_ids: Collection[UUID]) -> QuerySet[Assignment]:
    """The posts that these people hold today, with their branches."""
    held = assignments_on(clock.today()).filter(staff_id__in=staff_ids)
    return held.order_by("staff_id", "post_id", "id")


def post_branch(staff_id: str) -> int | None:
    """The branch of the first post that the person holds today."""
    assignments = assignments_on(clock.today()).filter(staff_id=staff_id, branch__isnull=False)
    return assignments.order_by("id").values_list("branch_id", flat=True).first()


def post_codes(staff: Staff, starts: date, ends: date | None) -> list[str]:
    """The posts a person holds at any time within a span; `ends` None: without an end."""
    assignments = Assignment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), staff=staff)
    if ends is not None:
        assignments = assignments.filter(starts__lte=ends)
    return list(assignments.values_list("post_id", flat=True))


def quota_used(staff_id: str) -> int:
    """Clear values the person has opened today."""
    row = QuotaUse.objects.filter(staff_id=staff_id, day=clock.today()).first()
    return row.used if row else 0
