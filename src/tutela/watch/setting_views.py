"""Pages of the rules: what each watches, what it is set to, since when, and which rest and why."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.posts import POSTS
from tutela.base.actor import SYSTEM
from tutela.base.language import name_of
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing

from . import permissions, queries
from .actions import settings
from .errors import RuleUnknown
from .forms import ThresholdForm
from .models import Setting
from .rules import ASK_FOR_WORK, FAMILY_WORDS, NEED_WORDS, RULES, Need, Rule
from .tabs import tabs

COLUMNS: Final = (
    Column("rule", gettext_lazy("Rule")),
    Column("thresholds", gettext_lazy("Thresholds")),
    Column("points", gettext_lazy("Points"), "num"),
    Column("state", gettext_lazy("State")),
)


@routes.at("watch/rules/", "watch-list-rules")
@require_safe
@gate.needs(permissions.ALERT_READ)
def list_rules(request: StaffRequest) -> HttpResponse:
    """All rules with what they are set to, and what they lack to work."""
    missing = queries.inactive()
    rows = [_line(rule, missing) for rule in RULES.values()]
    listing = Listing(
        title=_("Rules of the watch"),
        intro=_("Each rule, its thresholds and since when; what is missing is said at the rule."),
        columns=COLUMNS,
        rows=rows,
        empty=Empty("list", _("No rules")),
    )
    context = {
        "tab": "rules",
        **tabs(request),
        "rate": round(queries.cases_a_day(), 1),
        "resting": sum(row["why"] != "" or not row["active"] for row in rows),
    }
    return lists.show(request, listing, "watch/list_rules.html", context)


def _line(rule: Rule, missing: dict[Need, bool]) -> dict[str, Any]:
    stored = {one.post: one for one in queries.newest_settings(rule.code)}
    common = stored.get("")
    values = {**rule.defaults, **(common.values if common else {})}
    lacking = [need for need in rule.needs if missing.get(need)]
    return {
        "rule": rule,
        "name": _(rule.words),
        "about": _(rule.about),
        "family": _(FAMILY_WORDS[rule.family]),
        "limits": _(rule.limits) if rule.limits else "",
        "asks_for_work": rule.code in ASK_FOR_WORK,
        "thresholds": [(_(one.words), values[one.key], one.default) for one in rule.thresholds],
        "active": common.active if common else True,
        "since": common.at if common else None,
        "version": common.version if common else 0,
        "posts": [name_of(POSTS[post]) for post in stored if post in POSTS],
        "why": "; ".join(_(NEED_WORDS[need]) for need in lacking),
    }


@routes.at("watch/rules/<str:code>/", "watch-view-rule")
@gate.needs(permissions.ALERT_READ)
def view_rule(request: StaffRequest, code: str) -> HttpResponse:
    """One rule: what it watches and why, every version of its thresholds, and the form for the next one."""
    rule = RULES.get(code)
    if rule is None:
        raise RuleUnknown
    post = request.GET.get("post", "")
    post = post if post in POSTS else ""
    may = gate.holds(request.actor, permissions.SETTING_CHANGE)
    form = ThresholdForm(request.POST if may and request.method == "POST" else None, rule,
                         initial=_initial(rule, post))  # fmt: skip
    if (
        may
        and request.method == "POST"
        and refusals.done(form, lambda: _change(request, rule, form))
    ):
        messages.success(request, _("The new version is in force from now on."))
        return redirect("watch-view-rule", code)
    context: dict[str, Any] = {
        "row": _line(rule, queries.inactive()),
        "why": _(rule.why),
        "versions": _versions(rule),
        "may": may,
        "post": post,
    }
    page = FormPage(
        title=f"{rule.code} {_(rule.words)}",
        crumbs=[crumb(_("Rules of the watch"), "watch-list-rules")],
        legend=_("Set the thresholds"),
        about=_(
            "A change is a new version, in force at once. Alerts name the version that raised them."
        ),
        submit=_("Save as a new version"),
        icon="device-floppy",
        action=reverse("watch-view-rule", args=[code]),
    )
    if not may:
        return render(request, "watch/view_rule.html", context | {"card": page})
    return form_pages.show(request, page, form, template="watch/change_rule.html", **context)


def _change(request: StaffRequest, rule: Rule, form: ThresholdForm) -> None:
    post = form.cleaned_data["post"]
    wanted = settings.Wanted(values=form.values(rule), active=form.cleaned_data["active"])
    settings.set_rule(request.actor, rule.code, wanted, post=post)


def _initial(rule: Rule, post: str) -> dict[str, Any]:
    stored = {one.post: one for one in queries.newest_settings(rule.code)}
    one = stored.get(post) or stored.get("")
    values = {**rule.defaults, **(one.values if one else {})}
    return {**values, "post": post, "active": one.active if one else True}


def _versions(rule: Rule) -> list[dict[str, Any]]:
    """Every stored version, newest first, with who set it."""
    rows = list(Setting.objects.filter(rule=rule.code).order_by("-version"))
    names = people.names([one.by for one in rows if one.by != SYSTEM.id])
    return [
        {
            "setting": one,
            "post": name_of(POSTS[one.post]) if one.post in POSTS else _("All posts"),
            "who": names.get(one.by, one.by),
            "values": [(_(t.words), one.values.get(t.key, t.default)) for t in rule.thresholds],
        }
        for one in rows
    ]
