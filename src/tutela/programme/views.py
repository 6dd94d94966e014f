"""Pages of the programme: the plan with its chart, a measure's owner, a target with its versions."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.base import clock
from tutela.base.language import name_of
from tutela.web import form_pages, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb

from . import chart, judgements, permissions, queries, rules, words
from .actions import programme, targets
from .forms import GoalForm, MeasureForm, StartForm
from .judgements import Condition, Judgement
from .models import Measure, Programme, Target, TargetRule
from .standing import by_measure as standing_by_measure

CHART_MONTHS = 12
_WORSE: Final = (
    Condition.MET, Condition.NO_DATA, Condition.AT_RISK, Condition.OVERDUE, Condition.NOT_MET,
)  # fmt: skip


@routes.at("programme/", "governance-view-programme")
@gate.needs(permissions.PROGRAMME_READ)
def view_programme(request: StaffRequest) -> HttpResponse:
    """The seven measures with dates and targets; whoever runs the programme sets its start here."""
    current = queries.programme()
    form = StartForm(request.POST or None, initial={"starts": current.starts if current else None})
    if request.method == "POST" and refusals.done(
        form,
        lambda: programme.set_programme(request.actor, starts=form.cleaned_data["starts"]),
    ):
        messages.success(request, _("Programme start saved. All dates have been updated."))
        return redirect("governance-view-programme")
    measures = queries.measures()
    drawn = _chart(measures, current) if current else None
    context: dict[str, Any] = {
        "programme": current,
        "form": form,
        "may_set": gate.holds(request.actor, permissions.PROGRAMME_SET),
        "lines": _lines(measures, current, drawn),
        "chart": drawn,
        "width": chart.WIDTH,
        "today": clock.today(),
    }
    return refusals.page(request, "programme/view_programme.html", context, form)


def _lines(
    measures: list[Measure], current: Programme | None, drawn: chart.Chart | None
) -> list[dict[str, Any]]:
    bars = {bar.code: bar for bar in drawn.bars} if drawn else {}
    standing, judged = standing_by_measure(), judgements.judged(None, clock.now())
    return [
        {
            "judged": _of_measure(measure, judged),
            "measure": measure,
            "cadence": words.CADENCES.get(measure.cadence, ""),
            "due": queries.measure_due(measure, current.starts) if current else None,
            "targets": [
                (target, judged.get(target.id), *_rule_now(target))
                for target in measure.targets.all()
            ],
            "bar": bars.get(measure.code),
            "standing": standing.get(measure.code),
        }
        for measure in measures
    ]


def _of_measure(measure: Measure, judged: Mapping[str, Judgement]) -> dict[str, Any] | None:
    """How many of a measure's targets are met, and the worst that one of them is judged to be."""
    found = [judged[target.id] for target in measure.targets.all() if target.id in judged]
    if not found:
        return None
    worst = max((one.condition for one in found), key=_WORSE.index)
    met = sum(one.condition is Condition.MET for one in found)
    return {"worst": worst, "met": met, "all": len(found)}


def _rule_now(target: Target) -> tuple[str, bool]:
    """The goal in force in words, and whether a draft waits for its signature."""
    every = list(target.rules.all())
    signed = [rule for rule in every if rule.signed_at]
    today = clock.today()
    now = [rule for rule in signed if rule.starts <= today] or signed[:1]
    return (words.goal_text(target, now[-1].goal) if now else "–"), len(signed) < len(every)


def _chart(measures: list[Measure], current: Programme) -> chart.Chart:
    dates = [(measure.code, measure.months) for measure in measures]
    months = max([CHART_MONTHS, *(measure.months for measure in measures)])
    return chart.chart(current.starts, dates, clock.today(), months=months)


@routes.at("programme/measures/<slug:code>/", "governance-set-measure")
@gate.needs(permissions.PROGRAMME_SET)
def set_measure(request: StaffRequest, code: str) -> HttpResponse:
    """Who owes a measure, and by when."""
    measure = {row.code: row for row in queries.measures()}.get(code)
    start = {"department": measure.department.code, "months": measure.months} if measure else {}
    form = MeasureForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form, lambda: programme.set_measure(request.actor, code=code, **form.cleaned_data)
    ):
        messages.success(request, _("Measure saved."))
        return redirect("governance-view-programme")
    title = _("Edit measure")
    page = FormPage(
        title=title,
        heading=f"{measure.code} {name_of(measure)}" if measure else title,
        crumbs=[crumb(_("Programme"), "governance-view-programme")],
        submit=_("Save"),
    )
    return form_pages.show(request, page, form)


@routes.at("programme/targets/<slug:target_id>/", "governance-view-target")
@gate.needs(permissions.PROGRAMME_READ)
def view_target(request: StaffRequest, target_id: str) -> HttpResponse:
    """A target with every version of its rule; a draft is made here."""
    target = queries.target(target_id)
    form = GoalForm(request.POST or None, initial={"starts": clock.today()})
    if request.method == "POST" and refusals.done(
        form,
        lambda: targets.draft_target(request.actor, target=target_id, **form.cleaned_data),
    ):
        messages.success(request, _("Draft saved. A second person must sign it."))
        return redirect("governance-view-target", target_id)
    context: dict[str, Any] = {
        "judgement": judgements.judged({target_id}, clock.now()).get(target_id),
        "target": target,
        "form": form,
        "unit": words.UNITS[target.unit],
        "lines": _versions(target, request),
        "may_draft": gate.holds(request.actor, permissions.TARGET_DRAFT),
    }
    return refusals.page(request, "programme/view_target.html", context, form)


def _versions(target: Target, request: StaffRequest) -> list[dict[str, Any]]:
    """The newest first; each says whether it is in force, and whether this person may sign it."""
    versions = list(target.rules.select_related("drafted_by", "signed_by").order_by("-version"))
    signed = queries.signed_rules(target.id)
    now = rules.rule_at(signed, clock.today())
    may_sign = gate.holds(request.actor, permissions.TARGET_SIGN)
    return [
        {
            "rule": rule,
            "goal": words.goal_text(target, rule.goal),
            "in_force": bool(now and rule.signed_at and rule.starts == now.starts),
            "may_sign": may_sign
            and rule.signed_at is None
            and str(rule.drafted_by_id) != request.actor.id,
            "sign": _signing(target, rule, rules.rule_at(signed, rule.starts)),
        }
        for rule in versions
    ]


def _signing(target: Target, rule: TargetRule, before: rules.Rule | None) -> Confirm:
    """What is in force from when, once a second person has signed."""
    text = _("From %(day)s on, the goal of “%(name)s” is: %(goal)s. Until then it is: %(before)s.")
    facts = {
        "day": rule.starts.isoformat(), "name": name_of(target),
        "goal": words.goal_text(target, rule.goal),
        "before": words.goal_text(target, before.goal) if before else "–",
    }  # fmt: skip
    return Confirm(
        code=f"sign-{rule.pk}",
        title=_("Sign this goal?"),
        texts=[text % facts, _("A goal that has begun is not changed any more.")],
        action=reverse("governance-sign-target", args=[rule.pk]),
        submit=_("Sign"),
        icon="signature",
        look="btn btn-sm btn-primary",
    )


@routes.at("programme/targets/versions/<int:rule_id>/sign/", "governance-sign-target")
@require_POST
@gate.needs(permissions.TARGET_SIGN)
def sign_target(request: StaffRequest, rule_id: int) -> HttpResponse:
    """The second signature."""
    signed = targets.sign_target(request.actor, rule_id=rule_id)
    messages.success(request, _("Target signed."))
    return redirect("governance-view-target", signed.target_id)
