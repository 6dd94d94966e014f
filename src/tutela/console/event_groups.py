"""The events of the trail in groups, so that one is found among more than a hundred."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.access import events as access_events
from tutela.feeds import events as feed_events
from tutela.trail.event_specs import EVENTS, event_words

from .looks import KINDS


@dataclass(frozen=True, slots=True)
class Group:
    """Events whose names begin with one of these; an event belongs to the first group that takes it."""

    code: str
    label: Promise
    begins: tuple[str, ...]


GROUPS: Final = (
    Group(
        "customers",
        _("Customers and records"),
        ("vault.customer.", "vault.customer_looks.", "vault.field.", "vault.history.", "vault.record.",
         "vault.destruction."),
    ),
    Group("work_items", _("Work items"), ("vault.work_item.",)),
    Group(
        "imports",
        _("Imports and sources"),
        ("vault.import.", "vault.held_row.", "vault.mapping.", "vault.rejects.", "vault.source."),
    ),
    Group(
        "sign_in",
        _("Signing in"),
        ("access.sign_in.", "access.sign_out.", "access.device.", "access.second_factor.",
         "access.password"),
    ),
    Group("rights", _("People and permissions"), ("access.",)),
    Group("outside", _("Access logs of other systems"), ("feeds.",)),
    Group("trail", _("Access trail"), ("trail.",)),
    Group("watch", _("Watch"), ("watch.",)),
    Group("keys", _("Keys"), ("keys.", "vault.content.")),
    Group("programme", _("Programme and committee"), ("governance.",)),
    Group("backup", _("Backups"), ("backup.",)),
    Group("scorecard", _("Scorecard"), ("scorecard.",)),
    Group("notices", _("Notices"), ("notices.",)),
    Group("others", _("Others"), ("",)),
)  # fmt: skip
LOOKS: Final[dict[str, tuple[Promise, tuple[str, ...]]]] = {
    "looks": (
        _("Every access to customer information"),
        (*KINDS.masked, *KINDS.clear, feed_events.LOOK_REPORTED.name),
    ),
    "looks.clear": (_("Accesses in clear"), tuple(KINDS.clear)),
    "looks.masked": (_("Masked accesses"), tuple(KINDS.masked)),
    "looks.outside": (_("Accesses in other systems"), (feed_events.LOOK_REPORTED.name,)),
    "looks.refused": (_("Refused attempts"), (access_events.REQUEST_REFUSED.name,)),
}
"""Groups by what an auditor asks first. An event may be in several."""
Choice = tuple[str, str | Promise]
Choices = list[Choice | tuple[str | Promise, list[Choice]]]


def choices() -> Choices:
    """For a list to choose from: all, the looks, then each group with itself as its first entry."""
    looks: list[Choice] = [(code, label) for code, (label, _names) in LOOKS.items()]
    listed: Choices = [("", _("All")), (_("Access to customer information"), looks)]
    for group in GROUPS:
        if names := _members(group):
            whole: Choice = (f"group.{group.code}", _("All in this group"))
            each = sorted(((name, event_words(name)) for name in names), key=lambda pair: pair[1])
            listed.append((group.label, [whole, *each]))
    return listed


def names_of(code: str) -> tuple[str, ...]:
    """The events that a choice stands for; none for all."""
    if code in LOOKS:
        return tuple(LOOKS[code][1])
    for group in GROUPS:
        if code == f"group.{group.code}":
            return tuple(_members(group))
    return (code,) if code else ()


def all_but(code: str, *names: str) -> tuple[str, ...]:
    """Every event that is not of this group and has none of these names."""
    left_out = {*names_of(f"group.{code}"), *names}
    return tuple(name for name in sorted(EVENTS) if name not in left_out)


def _members(group: Group) -> list[str]:
    return [name for name in sorted(EVENTS) if _group_of(name) is group]


def _group_of(name: str) -> Group | None:
    return next((group for group in GROUPS if name.startswith(group.begins)), None)
