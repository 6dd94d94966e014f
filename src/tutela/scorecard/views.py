"""Pages of the scorecard: a target with its rows, what is missing, departments, the wall, paper, packs."""

import tempfile
from datetime import date, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import tutela_verify
from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.queries import department_names
from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.base.language import reads_chinese
from tutela.base.readings import BESIDE, moment
from tutela.programme import permissions as programme_permissions
from tutela.web import refusals, routes
from tutela.web.confirm import Confirm

from . import custom, goals, missing, permissions, registry, signing, written
from .actions import measures, packs
from .board import Line, board
from .board import line as line_of
from .forms import MeasureForm, PackForm
from .pack import Difference
from .rules import FIRST_YEAR

ROWS_SHOWN = 200
PACKS_SHOWN = 20
MARK_LETTERS = 32


@routes.at("scorecard/targets/<slug:target>/", "scorecard-read-target")
@require_safe
@gate.needs(permissions.READ)
def read_target(request: StaffRequest, target: str) -> HttpResponse:
    """One promise: figure, trend, law, and the rows that the figure is made of."""
    line = line_of(target, clock.now())
    if line is None:
        raise Http404
    reporter = _reports(request)
    context = {
        "line": line, "may_report": reporter,
        "mended_at": missing.mended_at(line, reporter=reporter),
        "beside": registry.beside(target) if target in BESIDE else None,
    }  # fmt: skip
    return render(request, "scorecard/target.html", context | _rows(line))


def _reports(request: StaffRequest) -> bool:
    return gate.holds(request.actor, programme_permissions.EVIDENCE_ADD)


def _rows(line: Line) -> dict[str, Any]:
    measure = goals.rulebook().measure(line.target, line.last_day)
    rows = list(islice(chain.from_iterable(map(registry.rows, line.behind)), ROWS_SHOWN + 1))
    return {"rows": rows[:ROWS_SHOWN], "more": len(rows) > ROWS_SHOWN, "measure": measure}


@routes.at("scorecard/", "scorecard-show-board")
@require_safe
@gate.needs(permissions.READ)
def show_board(request: StaffRequest) -> HttpResponse:
    """The whole scorecard: every target, whoever reads."""
    lines = board(clock.now())
    context = {"lines": lines, "counts": missing.counts(lines)}
    return render(request, "scorecard/board.html", context)


@routes.at("scorecard/missing/", "scorecard-list-missing")
@require_safe
@gate.needs(permissions.READ)
def list_missing(request: StaffRequest) -> HttpResponse:
    """What is not green, by cause, with the page that mends it."""
    return render(
        request,
        "scorecard/missing.html",
        {"groups": missing.groups(board(clock.now()), reporter=_reports(request))},
    )


@routes.at("scorecard/departments/", "scorecard-list-departments")
@require_safe
@gate.needs(permissions.READ)
def list_departments(request: StaffRequest) -> HttpResponse:
    """The same lines by the department that owes them."""
    context = {"departments": missing.by_department(board(clock.now()))}
    return render(request, "scorecard/departments.html", context)


@routes.at("scorecard/wall/", "scorecard-show-wall")
@require_safe
@gate.needs(permissions.READ)
def show_wall(request: StaffRequest) -> HttpResponse:
    """For a screen on the wall: large, without menu, anew every minute."""
    now = clock.now()
    lines = board(now)
    context = {"lines": lines, "at": now, "counts": missing.counts(lines)}
    return render(request, "scorecard/wall.html", context)


@routes.at("scorecard/print/", "scorecard-show-print")
@require_safe
@gate.needs(permissions.READ)
def show_print(request: StaffRequest) -> HttpResponse:
    """For paper: now, or as it stood and was known at the end of a past day (`?on=2026-03-31`)."""
    at = _end_of(request.GET.get("on", ""))
    lines = board(at)
    context = {"lines": lines, "at": at, "counts": missing.counts(lines), "today": clock.today()}
    return render(request, "scorecard/print.html", context)


def _end_of(text: str) -> datetime:
    """The last moment of a day in a link; now for today, and for what is no day of the past."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return clock.now()
    if not FIRST_YEAR <= day.year <= clock.today().year:
        return clock.now()
    return min(clock.now(), moment(day + timedelta(days=1)) - timedelta(microseconds=1))


def _ending(target: str, name: str) -> Confirm:
    text = _(
        "It is removed from the scorecard today. Its history is kept; a new version "
        "under the same short name reactivates it."
    )
    return Confirm(
        code=f"end-{target}",
        title=_("End “%(name)s”?") % {"name": name},
        texts=[text],
        action=reverse("scorecard-end-measure", args=[target]),
        submit=_("End measure"),
        look="btn btn-sm",
    )


@routes.at("scorecard/measures/", "scorecard-define-measure")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.MEASURE_DEFINE)
def define_measure(request: StaffRequest) -> HttpResponse:
    """The company's own measures, and the form that defines one."""
    place = 0 if reads_chinese() else 1
    known = [(code, names[place]) for code, names in department_names().items()]
    form = MeasureForm(
        request.POST or None, departments=known, initial={"starts": clock.today(), "cadence": 31}
    )
    if request.method == "POST" and (
        target := refusals.attempt(
            form, lambda: measures.define_measure(request.actor, form.definition())
        )
    ):
        return redirect("scorecard-read-target", target)
    names = {
        code: (name.name_zh, name.name_en)[place]
        for code, name in goals.rulebook().names.items()
        if not code.startswith(custom.OWN)
    }
    book, today = goals.rulebook(), clock.today()
    running = {target for target in book.own if book.stands(target, today)}
    own = custom.measures()
    ends = {
        version.goal.target: _ending(version.goal.target, version.title)
        for version in reversed(own)
        if version.goal.target in running
    }
    context = {"form": form, "measures": own, "names": names, "ends": ends}
    return refusals.page(request, "scorecard/measures.html", context, form)


@routes.at("scorecard/measures/<slug:target>/end/", "scorecard-end-measure")
@require_POST
@gate.needs(permissions.MEASURE_DEFINE)
def end_measure(request: StaffRequest, target: str) -> HttpResponse:
    """Take an own measure off the board from today on."""
    measures.end_measure(request.actor, target)
    messages.success(request, _("Measure ended; its history is kept."))
    return redirect("scorecard-define-measure")


@routes.at("scorecard/packs/", "scorecard-write-pack")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.PACK_WRITE)
def write_pack(request: StaffRequest) -> HttpResponseBase:
    """Ask for the days, then hand over the pack."""
    year = clock.today().replace(month=1, day=1)
    form = PackForm(request.POST or None, initial={"first": year, "last": clock.today()})
    differ: list[Difference] = []

    def handed() -> FileResponse | None:
        """The pack; None where it would differ from the scorecard and nobody was told yet."""
        days = form.cleaned_data["first"], form.cleaned_data["last"]
        if not form.cleaned_data["sure"]:
            differ.extend(packs.preview(request.actor, *days))
        return None if differ else _packed(request, *days)

    if request.method == "POST" and (answer := refusals.attempt(form, handed)):
        return answer
    context = {"form": form, "packs": written.packs(PACKS_SHOWN), "differ": differ} | _key()
    return refusals.page(request, "scorecard/packs.html", context, form)


@routes.at("scorecard/packs/<uuid:pack_id>/", "scorecard-fetch-pack")
@require_POST
@gate.needs(permissions.PACK_WRITE)
def fetch_pack(request: StaffRequest, pack_id: UUID) -> FileResponse:
    """A kept pack once more, as it was handed over."""
    with tempfile.TemporaryDirectory(prefix="tutela-pack-") as folder:
        path = Path(folder) / "pack.zip"
        found = packs.fetch_pack(request.actor, pack_id, path)
        opened = path.open("rb")
    return _zip(request, opened, found.file_name)


def _key() -> dict[str, str]:
    """The public key to tell readers, or why this machine cannot sign; nothing before the first pack."""
    known = signing.known()
    if known is None:
        return {}
    try:
        signing.check_match(signing.public_key(), known)
    except TutelaError as refused:
        return {"refused": refusals.sentence(refused)}
    return {"key": known.hex(), "key_id": signing.key_id(known)}


@routes.at("scorecard/packs/verifier/", "scorecard-hand-verifier")
@require_safe
@gate.needs(permissions.PACK_WRITE)
def hand_verifier(request: StaffRequest) -> FileResponse:  # noqa: ARG001 the frame passes it
    """The program that checks a pack: one file that needs nothing of Tutela."""
    file = Path(tutela_verify.__file__).open("rb")  # noqa: SIM115 the answer closes it
    return FileResponse(file, as_attachment=True, filename="tutela_verify.py")


def _packed(request: StaffRequest, first: date, last: date) -> FileResponse:
    """The file lives in a folder of its own and is gone once it is open."""
    with tempfile.TemporaryDirectory(prefix="tutela-pack-") as folder:
        path = Path(folder) / "pack.zip"
        packs.write_pack(request.actor, first, last, path)
        opened = path.open("rb")
    return _zip(request, opened, f"tutela-evidence-{first}-{last}.zip")


def _zip(request: StaffRequest, opened: BinaryIO, name: str) -> FileResponse:
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type="application/zip")
    # The page waits for this to show the pack in its list: a download by itself leaves it as it was.
    if (mark := request.POST.get("mark", "")).isalnum() and len(mark) <= MARK_LETTERS:
        path = reverse("scorecard-write-pack")
        answer.set_cookie("pack", mark, max_age=60, path=path, secure=True, samesite="Strict")
    return answer
