"""Pages about people and rights."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tutela.base import clock
from tutela.detect.classes import DataClass

from . import gate
from .forms import StaffFilter
from .gate import StaffRequest
from .matrix import Matrix, Rule, from_canonical
from .models import Assignment, MatrixVersion, Staff
from .permissions import Permission
from .posts import POSTS

PAGE_ROWS = 50


@gate.needs(Permission.ACCESS_STAFF_READ)
def list_staff(request: StaffRequest) -> HttpResponse:
    """Who holds which post where, since when."""
    chinese = (get_language() or "").startswith("zh")
    form = StaffFilter(request.GET or None, chinese=chinese)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = _staff(chosen.get("post", ""), chosen.get("state", ""))
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "access/list_staff.html", {"page": page, "form": form, "specs": POSTS})


def _staff(post: str, state: str) -> QuerySet[Staff]:
    found = Staff.objects.select_related("branch", "department").prefetch_related(
        "assignments__branch", "assignments__post"
    )
    if post:
        held = Assignment.objects.filter(_held(), post=post).values("staff")
        found = found.filter(id__in=held)
    if state:
        found = found.filter(is_active=state == "active")
    return found.order_by("staff_no")


def _held() -> Q:
    today = clock.today()
    return Q(starts__lte=today) & (Q(ends__isnull=True) | Q(ends__gte=today))


@gate.needs(Permission.ACCESS_MATRIX_READ)
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
