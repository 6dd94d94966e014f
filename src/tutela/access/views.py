"""Pages about people and rights."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tutela.base import clock
from tutela.detect.classes import DataClass
from tutela.web import lists, routes
from tutela.web.lists import Column, Empty, Listing, page_of

from . import accounts, gate, permissions, queries, rules
from .actions.keys import revoke_api_key, rotate_api_key
from .forms import RotateKeyForm, StaffFilter
from .gate import StaffRequest
from .matrix import Matrix, Rule, from_canonical
from .models import Assignment, MatrixVersion, Staff
from .posts import POSTS

_STAFF = (
    Column("number", gettext_lazy("Staff number"), "mono"),
    Column("name", gettext_lazy("Name")),
    Column("posts", gettext_lazy("Posts")),
    Column("branch", gettext_lazy("Branch")),
    Column("department", gettext_lazy("Department")),
    Column("state", gettext_lazy("State")),
)
_KEYS = (
    Column("account", gettext_lazy("Account"), "mono text-nowrap"),
    Column("scope", gettext_lazy("Acts as")),
    Column("label", gettext_lazy("Purpose")),
    Column("key", gettext_lazy("Key"), "mono text-nowrap"),
    Column("made", gettext_lazy("Created"), "text-nowrap"),
    Column("used", gettext_lazy("Last used")),
    Column("until", gettext_lazy("Valid until"), "text-nowrap"),
    Column("state", gettext_lazy("State")),
    Column("acts", gettext_lazy("Action"), hidden=True),
)


@routes.at("staff/", "access-list-staff")
@gate.needs(permissions.STAFF_READ)
def list_staff(request: StaffRequest) -> HttpResponse:
    """Who holds which post where, since when."""
    form = StaffFilter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    people = _staff(chosen.get("post", ""), chosen.get("state", ""))
    page = page_of(request, people)
    listing = Listing(
        title=_("Staff and posts"),
        intro=_(
            "Rights are assigned to posts. Staff have only the rights of the posts "
            "they currently hold."
        ),
        columns=_STAFF,
        rows=page,
        page=page,
        filters=form,
        empty=Empty("users", _("No matching staff")),
    )
    return lists.show(request, listing, "access/list_staff.html")


def _staff(post: str, state: str) -> QuerySet[Staff]:
    people = Staff.objects.select_related("branch", "department").prefetch_related(
        "assignments__branch", "assignments__post"
    )
    if post:
        assignments = Assignment.objects.filter(_is_current(), post=post).values("staff")
        people = people.filter(id__in=assignments)
    if state:
        people = people.filter(is_active=state == "active")
    return people.order_by("staff_no")


def _is_current() -> Q:
    today = clock.today()
    return Q(starts__lte=today) & (Q(ends__isnull=True) | Q(ends__gte=today))


@routes.at("matrix/", "access-read-matrix")
@gate.needs(permissions.MATRIX_READ)
def read_matrix(request: StaffRequest) -> HttpResponse:
    """The matrix in force, as a table to print: a row a post, a column a data class."""
    version = MatrixVersion.objects.order_by("-epoch").first()
    matrix = from_canonical(version.canonical) if version else None
    post = request.GET.get("post", "")
    shown = {
        "version": version,
        "classes": [data_class.about for data_class in DataClass],
        "rows": _rows(matrix) if matrix else [],
        "post": POSTS.get(post),
        "rules": [rule for rule in matrix.rules if rule.post == post] if matrix else [],
        "specs": POSTS,
        "break_glass": [POSTS[code] for code in matrix.break_glass] if matrix else [],
    }
    return render(request, "access/read_matrix.html", shown)


def _rows(matrix: Matrix) -> list[tuple[object, list[list[Rule]]]]:
    """For each post its rules by data class, the widest level first."""
    rows: list[tuple[object, list[list[Rule]]]] = []
    for code, spec in POSTS.items():
        cells = [
            sorted(
                (rule for rule in matrix.rules if rule.post == code and data_class in rule.classes),
                key=lambda rule: -rule.level,
            )
            for data_class in DataClass
        ]
        rows.append((spec, cells))
    return rows


@routes.at("keys/", "access-list-keys")
@require_safe
@gate.needs(permissions.API_KEY_REVOKE)
def list_keys(request: StaffRequest) -> HttpResponse:
    """Every API key: whose it is, what it is for, when it was used last, how long it is good for."""
    return _keys_page(request)


@routes.at("keys/<uuid:key_id>/rotate/", "access-rotate-key")
@require_POST
@gate.needs(permissions.API_KEY_MANAGE)
def rotate_key(request: StaffRequest, key_id: UUID) -> HttpResponse:
    """Make a key in place of another, and show it this once."""
    form = RotateKeyForm(request.POST)
    if not form.is_valid():
        return _keys_page(request, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    overlap = timedelta(hours=form.cleaned_data["hours"])
    key, text = rotate_api_key(request.actor, key_id, overlap=overlap)
    return _keys_page(request, new=(key, text))


@routes.at("keys/<uuid:key_id>/revoke/", "access-revoke-key")
@require_POST
@gate.needs(permissions.API_KEY_REVOKE)
def revoke_key(request: StaffRequest, key_id: UUID) -> HttpResponse:
    """End a key."""
    revoke_api_key(request.actor, key_id)
    messages.success(request, _("The key has been revoked. It is refused within a second."))
    return redirect("access-list-keys")


def _keys_page(request: StaffRequest, status: int = HTTPStatus.OK, **shown: object) -> HttpResponse:
    now = clock.now()
    page = page_of(request, queries.api_keys())
    held = accounts.posts_of([key.staff_id for key in page])
    intro = _(
        "With a key, another system acts as its account. A key is shown once, when it "
        "is created; only its hash is stored."
    )
    listing = Listing(
        title=_("API keys"),
        intro=intro,
        columns=_KEYS,
        rows=[
            {
                "key": key,
                "state": accounts.key_state(key, now),
                "scope": held.get(key.staff_id, []),
                "days": max(0, (key.expires - now).days),
                "is_soon": key.expires - now < rules.EXPIRES_SOON,
            }
            for key in page
        ],
        page=page,
        empty=Empty("key", _("No API keys yet")),
    )
    can_replace = gate.holds(request.actor, permissions.API_KEY_MANAGE)
    context = {"form": RotateKeyForm(), "can_replace": can_replace, **shown}
    answer = lists.show(request, listing, "access/list_keys.html", context)
    answer.status_code = status
    return answer
