"""The 24 rules of the watch: names, thresholds, weights. Pure.

A threshold is a whole number with the default of the trade (`why` says where it comes from); each company sets its
own for all posts or for one. A rule's `version` rises when its meaning changes, and stands in every alert.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_noop as _

CASE_POINTS: Final = 100
"""A case opens when the points of a person, or of a customer, reach this."""
HALF_LIFE_DAYS: Final = 3
EXPLAINED_WEIGHT: Final = 10
"""So many explained customers count as one in the rules of volume."""
ASK_FOR_WORK: Final = frozenset({"R1", "R2", "R3", "R4", "R5", "R8", "R9", "R11", "R12", "R20"})
"""Rules for which a look that the person's own work explains counts less, or not at all."""
EXPLAINED_BEFORE_DAYS: Final = 30
EXPLAINED_AFTER_DAYS: Final = 7
BASELINE_DAYS: Final = 28
MUTED_DAYS: Final = 90
LATE_MINUTES: Final = 5


class Family(StrEnum):
    """What a rule is about."""

    VOLUME = "volume"
    HARVEST = "harvest"
    RELATION = "relation"
    PRESENCE = "presence"
    CAREER = "career"
    INSIDER = "insider"
    TRAIL = "trail"


class Need(StrEnum):
    """What a rule must be told, because Tutela does not know it by itself."""

    ROSTER = "roster"
    CANARIES = "canaries"
    OWN_RECORDS = "own_records"
    VIP_LIST = "vip_list"
    WITNESSES = "witnesses"


@dataclass(frozen=True, slots=True)
class Threshold:
    """One setting of a rule: key, default, words, and the least and the greatest value allowed."""

    key: str
    default: int
    words: str
    least: int = 1
    most: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `points`: what an alert adds; `critical`: it opens a case and is told at once.
    `needs`: without one of these the rule, or the part named in `limits`, is inactive and shown as such."""

    code: str
    words: str
    about: str
    family: Family
    points: int
    thresholds: tuple[Threshold, ...]
    why: str
    critical: bool = False
    needs: tuple[Need, ...] = ()
    limits: str = ""
    version: int = 1

    @property
    def number(self) -> int:
        """Its number in the list of rules."""
        return int(self.code[1:])

    @property
    def defaults(self) -> Mapping[str, int]:
        return {one.key: one.default for one in self.thresholds}


_MINUTES: Final = _("Within minutes")
_DAYS: Final = _("Within days")
_VIEWS: Final = _("Views, at least")
_FLOOR: Final = _("Never below this number")

_ALL: Final = (
    Rule(
        code="R1",
        words=_("Burst of clear views"),
        about=_("Clear values of many customers are opened within minutes."),
        family=Family.VOLUME,
        points=100,
        thresholds=(
            Threshold("customers", 25, _("Customers, at least")),
            Threshold("minutes", 10, _MINUTES, most=60),
            Threshold("times", 3, _("More than this many times the person's own 99th percentile")),
        ),
        why=_("A common figure for reading in bulk."),
    ),
    Rule(
        code="R2",
        words=_("Unusual daily volume"),
        about=_("Far more customers are opened in a day than colleagues open."),
        family=Family.VOLUME,
        points=70,
        thresholds=(
            Threshold("deviations", 6, _("Median absolute deviations above the colleagues")),
            Threshold("floor", 80, _FLOOR),
        ),
        why=_("Client books are copied in a day."),
    ),
    Rule(
        code="R3",
        words=_("Slow drip"),
        about=_("Few customers a day, but over weeks many more than colleagues open."),
        family=Family.VOLUME,
        points=100,
        thresholds=(
            Threshold("times", 4, _("More than this many times the colleagues")),
            Threshold("days", 30, _DAYS, least=7, most=35),
            Threshold("floor", 120, _FLOOR),
        ),
        why=_("Patient theft stays below the daily figures."),
    ),
    Rule(
        code="R4",
        words=_("Walking through numbers"),
        about=_(
            "Customers are opened one after the other in the order of their numbers, or missed."
        ),
        family=Family.HARVEST,
        points=100,
        thresholds=(
            Threshold("ids", 12, _("Neighbouring customers, at least")),
            Threshold("minutes", 15, _MINUTES, most=60),
            Threshold("step", 5, _("Steps of at most")),
            Threshold("misses", 20, _("Searches without a hit, at least")),
            Threshold("miss_minutes", 10, _("Searches within minutes"), most=60),
        ),
        why=_("Scripts harvest this way."),
    ),
    Rule(
        code="R5",
        words=_("Access outside the roster"),
        about=_("Clear values are opened outside the shift or on a day off."),
        family=Family.PRESENCE,
        points=50,
        thresholds=(
            Threshold("views", 3, _VIEWS),
            Threshold("minutes", 60, _("Minutes outside the shift, more than"), least=0),
        ),
        why=_("Misuse looks for quiet hours."),
        needs=(Need.ROSTER,),
    ),
    Rule(
        code="R6",
        words=_("Own record"),
        about=_("A person opens the own customer record."),
        family=Family.RELATION,
        points=100,
        thresholds=(Threshold("views", 1, _VIEWS),),
        why=_("Forbidden, and the most usual curiosity."),
        critical=True,
        needs=(Need.OWN_RECORDS,),
    ),
    Rule(
        code="R7",
        words=_("Relatives or household"),
        about=_("A person opens a customer who shares a telephone or e-mail with the own record."),
        family=Family.RELATION,
        points=100,
        thresholds=(Threshold("views", 1, _VIEWS),),
        why=_("Curiosity about one's own family."),
        needs=(Need.OWN_RECORDS,),
        limits=_("Addresses and beneficiaries are not compared: they carry no search tags."),
    ),
    Rule(
        code="R8",
        words=_("VIP or colleague"),
        about=_("A marked customer or a colleague is opened without a work item of one's own."),
        family=Family.RELATION,
        points=70,
        thresholds=(Threshold("views", 1, _VIEWS),),
        why=_("The first rule that hospitals set."),
        needs=(Need.VIP_LIST, Need.OWN_RECORDS),
    ),
    Rule(
        code="R9",
        words=_("Too many unexplained views"),
        about=_("Many clear views of a day have no work item, also not a day later."),
        family=Family.VOLUME,
        points=60,
        thresholds=(
            Threshold("views", 10, _("Unexplained views, at least")),
            Threshold("percent", 20, _("More than this percentage of the clear views"), most=99),
        ),
        why=_("A stated purpose that no work stands behind."),
    ),
    Rule(
        code="R10",
        words=_("Dormant account or right in use"),
        about=_("An account or a right that was not used for months is used again."),
        family=Family.PRESENCE,
        points=70,
        thresholds=(
            Threshold("days", 60, _("Account unused for days")),
            Threshold("right_days", 90, _("Right unused for days"), most=400),
            Threshold("uses", 3, _("Uses of the right, at least")),
        ),
        why=_("Stolen or forgotten accounts."),
    ),
    Rule(
        code="R11",
        words=_("Leaver"),
        about=_(
            "Before the last working day more customers are opened than usual, or data is exported."
        ),
        family=Family.CAREER,
        points=100,
        thresholds=(
            Threshold("days", 30, _("Days before the last working day")),
            Threshold("percent", 150, _("More than this percentage of the usual daily volume")),
            Threshold("floor", 20, _FLOOR),
        ),
        why=_("Client books leave with their people."),
        limits=_(
            "The last working day is the end of the last post; a leaver without one is not seen."
        ),
    ),
    Rule(
        code="R12",
        words=_("Mover looks back"),
        about=_("Customers of the old branch are opened after a move."),
        family=Family.CAREER,
        points=70,
        thresholds=(
            Threshold("days", 3, _("Days after the move"), least=0),
            Threshold("views", 1, _VIEWS),
            Threshold("denials", 3, _("Denials, at least")),
        ),
        why=_("The old rights were not taken away."),
    ),
    Rule(
        code="R13",
        words=_("Canary customer touched"),
        about=_("An invented customer whom nobody has a reason to open was opened or found."),
        family=Family.RELATION,
        points=100,
        thresholds=(
            Threshold("touches", 1, _("Touches, at least")),
            Threshold(
                "list_points", 5, _("Points when only shown in a masked list"), least=0, most=99
            ),
        ),
        why=_("There can be no business reason."),
        critical=True,
        needs=(Need.CANARIES,),
    ),
    Rule(
        code="R14",
        words=_("Large export or print"),
        about=_("Many rows leave in one file, or in a day."),
        family=Family.VOLUME,
        points=100,
        thresholds=(
            Threshold("rows", 500, _("Rows at once, more than")),
            Threshold("rows_day", 2_000, _("Rows a day, more than")),
        ),
        why=_("Mass leaks leave as files."),
        critical=True,
        limits=_("Where a file goes after the download is not known to Tutela."),
    ),
    Rule(
        code="R15",
        words=_("Misuse of break-glass access"),
        about=_(
            "Break-glass access becomes a habit, is approved by the same person, or reaches other customers."
        ),
        family=Family.INSIDER,
        points=70,
        thresholds=(
            Threshold("starts", 2, _("Starts, more than")),
            Threshold("days", 30, _DAYS, most=90),
            Threshold("pair", 5, _("Approvals by the same person, more than")),
        ),
        why=_("Habit or collusion."),
    ),
    Rule(
        code="R16",
        words=_("Probing for rights"),
        about=_("Many attempts are denied within minutes, or over several data classes."),
        family=Family.HARVEST,
        points=70,
        thresholds=(
            Threshold("denials", 10, _("Denials, at least")),
            Threshold("minutes", 10, _MINUTES, most=60),
            Threshold("classes", 3, _("Data classes, more than")),
        ),
        why=_("Someone maps the walls."),
    ),
    Rule(
        code="R17",
        words=_("New place or device"),
        about=_(
            "Clear values are opened from a network not seen for days, or from two networks at once."
        ),
        family=Family.PRESENCE,
        points=35,
        thresholds=(
            Threshold("days", 14, _("Network not seen for days"), most=90),
            Threshold("minutes", 5, _("Two networks within minutes"), most=60),
        ),
        why=_("Stolen sessions."),
        limits=_("Tutela knows no places of networks: speed of travel is not computed."),
    ),
    Rule(
        code="R18",
        words=_("Service account used by a person"),
        about=_(
            "A machine account signs in to pages, comes from a new host, or reads far more than usual."
        ),
        family=Family.PRESENCE,
        points=100,
        thresholds=(
            Threshold("days", 14, _("Host not seen for days"), most=90),
            Threshold("percent", 200, _("More than this percentage of the usual daily volume")),
            Threshold("floor", 200, _FLOOR),
        ),
        why=_("Stolen keys."),
    ),
    Rule(
        code="R19",
        words=_("Drift of purpose"),
        about=_(
            "One purpose is always stated where colleagues state several, or a class does not fit it."
        ),
        family=Family.CAREER,
        points=50,
        thresholds=(
            Threshold("percent", 95, _("One purpose, more than percent"), most=99),
            Threshold("peers_percent", 60, _("Colleagues, less than percent"), most=99),
            Threshold("views", 40, _("Views in a week, at least")),
            Threshold("odd", 3, _("Views of an unusual class a day, at least")),
        ),
        why=_("Reasons that were made up."),
    ),
    Rule(
        code="R20",
        words=_("Unmasking by search"),
        about=_("Searches that find exactly one customer are used to learn masked values."),
        family=Family.HARVEST,
        points=100,
        thresholds=(
            Threshold("searches", 15, _("Searches with one hit, at least")),
            Threshold("minutes", 10, _MINUTES, most=60),
        ),
        why=_("The search becomes an oracle."),
    ),
    Rule(
        code="R21",
        words=_("Hot customer"),
        about=_(
            "One customer is opened by many people of several branches without an open work item."
        ),
        family=Family.RELATION,
        points=100,
        thresholds=(
            Threshold("people", 8, _("People, at least")),
            Threshold("branches", 3, _("Branches, at least")),
            Threshold("hours", 24, _("Within hours"), most=72),
        ),
        why=_("The news make curious."),
    ),
    Rule(
        code="R22",
        words=_("Readers of the trail"),
        about=_("The trail is read about many people, or exported."),
        family=Family.INSIDER,
        points=100,
        thresholds=(
            Threshold("people", 30, _("People, more than")),
            Threshold("minutes", 60, _MINUTES, most=60),
        ),
        why=_("Auditors are watched, too."),
    ),
    Rule(
        code="R23",
        words=_("Rights for friends"),
        about=_(
            "Approvers benefit from each other, rights are given in bulk, or the matrix is changed at night."
        ),
        family=Family.INSIDER,
        points=100,
        thresholds=(
            Threshold("hops", 2, _("Steps between the approvers, at most"), most=3),
            Threshold("grants", 20, _("Posts and approvals given, at least")),
            Threshold("minutes", 60, _MINUTES, most=60),
            Threshold("opens", 7, _("Office hours from"), least=0, most=23),
            Threshold("closes", 20, _("Office hours until"), most=24),
        ),
        why=_("Administrators who help themselves."),
    ),
    Rule(
        code="R24",
        words=_("Health of the trail"),
        about=_("The trail lags, lacks witnesses, is broken, or clocks differ."),
        family=Family.TRAIL,
        points=100,
        thresholds=(
            Threshold("lag_seconds", 60, _("Lag in seconds, more than")),
            Threshold("quorum_minutes", 15, _("Minutes without witnesses, more than")),
            Threshold("skew_seconds", 2, _("Difference of clocks in seconds, more than")),
        ),
        why=_("An attack on the evidence."),
        critical=True,
        needs=(Need.WITNESSES,),
    ),
)

RULES: Final[Mapping[str, Rule]] = {rule.code: rule for rule in _ALL}
"""Every rule by its code."""

FAMILY_WORDS: Final[Mapping[Family, str]] = {
    Family.VOLUME: _("Volume"),
    Family.HARVEST: _("Harvesting"),
    Family.RELATION: _("Relation to the customer"),
    Family.PRESENCE: _("Time, place and account"),
    Family.CAREER: _("Change of duties"),
    Family.INSIDER: _("Insiders and rights"),
    Family.TRAIL: _("The trail itself"),
}
NEED_WORDS: Final[Mapping[Need, str]] = {
    Need.ROSTER: _("no roster has been imported"),
    Need.CANARIES: _("no canary customers have been planted"),
    Need.OWN_RECORDS: _("no staff member is linked with an own customer record"),
    Need.VIP_LIST: _("no customer is marked as VIP"),
    Need.WITNESSES: _("no witness is set up"),
}


class CaseState(StrEnum):
    """How far a case has come. The first two are open."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    EXPLAINED = "explained"
    CLOSED = "closed"


OPEN_STATES: Final = (CaseState.OPEN, CaseState.ACKNOWLEDGED)
