"""Change thresholds and switch rules. Each change is a new version; older ones stay, because alerts name them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from tutela.access import changes, gate
from tutela.access import queries as people
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.notices.actions.notices import notify
from tutela.watch import events, notice_kinds, permissions
from tutela.watch.errors import RuleUnknown, SettingUnchanged, ThresholdOutOfRange, ThresholdUnknown
from tutela.watch.models import Setting
from tutela.watch.rules import RULES, Rule


@transaction.atomic
def change_setting(
    actor: Actor, rule: str, values: Mapping[str, int], *, post: str = ""
) -> Setting:
    """Set thresholds of a rule for all posts, or for one; those not named keep their values. RuleUnknown,
    PostUnknown, ThresholdUnknown, ThresholdOutOfRange, SettingUnchanged."""
    return _change(actor, rule, post, values=values)


@transaction.atomic
def switch_rule(actor: Actor, rule: str, *, active: bool, post: str = "") -> Setting:
    """Switch a rule on or off, for all posts or for one. RuleUnknown, PostUnknown, SettingUnchanged."""
    return _change(actor, rule, post, active=active)


def _change(
    actor: Actor,
    code: str,
    post: str,
    *,
    values: Mapping[str, int] | None = None,
    active: bool | None = None,
) -> Setting:
    grant = gate.require(actor, permissions.SETTING_CHANGE)
    rule = RULES.get(code)
    if rule is None:
        raise RuleUnknown
    if post:
        people.post(post)
    old = _in_force(code, post)
    before = {**rule.defaults, **(old.values if old else {})}
    after = {**before, **_checked(rule, values or {})}
    is_active = (old.active if old else True) if active is None else active
    if old is not None and old.post == post and (after, is_active) == (before, old.active):
        raise SettingUnchanged
    if old is None and (after, is_active) == (before, True):
        raise SettingUnchanged
    newest = Setting.objects.filter(rule=code).aggregate(newest=Max("version"))["newest"] or 0
    setting = Setting.objects.create(
        rule=code,
        post=post,
        version=newest + 1,
        active=is_active,
        values=after,
        at=clock.now(),
        by=actor.id,
    )
    field = "active" if active is not None else "values"
    changes.record(
        grant,
        events.SETTING_CHANGED,
        ("watch_rule", code),
        rule=code,
        setting=setting.version,
        post=post,
        field=field,
    )
    _tell(actor, setting)
    return setting


def _tell(actor: Actor, setting: Setting) -> None:
    """One person sets, all others who handle cases are told: a threshold that hides somebody is seen."""
    notify(
        notice_kinds.WATCH_SETTING_CHANGED,
        to={one.id for one in gate.holders(permissions.CASE_HANDLE)} - {actor.id},
        params={"rule": setting.rule, "version": setting.version},
        link=reverse("watch-list-rules"),
    )


def _in_force(code: str, post: str) -> Setting | None:
    """The newest for the post, else for all posts."""
    own = Setting.objects.filter(rule=code, post=post).order_by("-version").first()
    return own or Setting.objects.filter(rule=code, post="").order_by("-version").first()


def _checked(rule: Rule, values: Mapping[str, int]) -> dict[str, int]:
    known = {one.key: one for one in rule.thresholds}
    for key, value in values.items():
        threshold = known.get(key)
        if threshold is None:
            raise ThresholdUnknown(rule=rule.code, key=key)
        if isinstance(value, bool) or not threshold.least <= value <= threshold.most:
            raise ThresholdOutOfRange(key=key, least=threshold.least, most=threshold.most)
    return dict(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """All of a rule's thresholds and whether it is on, as one version."""

    values: Mapping[str, int]
    active: bool


@transaction.atomic
def set_rule(actor: Actor, rule: str, wanted: Wanted, *, post: str = "") -> Setting:
    """Set thresholds and switch of a rule together, as one new version. Refused as `change_setting` is."""
    return _change(actor, rule, post, values=wanted.values, active=wanted.active)
