"""Words for people: what a run, a copy, a target, a level of verification and a stage of a drill are called."""

from collections.abc import Mapping
from typing import Final

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

Badge = tuple[Promise, str]
"""The words of a state, and the looks of its badge."""

KINDS: Final[dict[str, Promise]] = {
    "full": gettext_lazy("data set"),
    "keys": gettext_lazy("key set"),
    "base": gettext_lazy("base backup"),
    "incremental": gettext_lazy("incremental"),
    "wal": gettext_lazy("log of the database"),
}
RUN_STATES: Final[dict[str, Badge]] = {
    "scheduled": (gettext_lazy("planned"), "bg-secondary-lt"),
    "running": (gettext_lazy("running"), "bg-azure-lt"),
    "dumped": (gettext_lazy("dumped"), "bg-azure-lt"),
    "sealed": (gettext_lazy("sealed"), "bg-azure-lt"),
    "uploaded": (gettext_lazy("uploaded, not verified"), "bg-warning-lt"),
    "verified": (gettext_lazy("verified"), "bg-green-lt"),
    "failed": (gettext_lazy("failed"), "bg-red-lt"),
    "missed": (gettext_lazy("missed for good"), "bg-red-lt"),
}
GOING: Final = frozenset({"scheduled", "running", "dumped", "sealed"})
"""States of a run that is under way."""
COPY_STATES: Final[dict[str, Badge]] = {
    "uploading": (gettext_lazy("uploading"), "bg-azure-lt"),
    "written": (gettext_lazy("written"), "bg-green-lt"),
    "deleted": (gettext_lazy("deleted by retention"), "bg-secondary-lt"),
    "lost": (gettext_lazy("lost"), "bg-red-lt"),
}
TARGET_STATES: Final[dict[str, Badge]] = {
    "active": (gettext_lazy("in use"), "bg-green-lt"),
    "paused": (gettext_lazy("paused"), "bg-warning-lt"),
    "removed": (gettext_lazy("removed"), "bg-secondary-lt"),
}
RECIPIENT_STATES: Final[dict[str, Badge]] = {
    "active": (gettext_lazy("in use"), "bg-green-lt"),
    "removed": (gettext_lazy("removed"), "bg-secondary-lt"),
}
ROLES: Final[dict[str, Promise]] = {
    "operations": gettext_lazy("operations"),
    "escrow": gettext_lazy("escrow under seal"),
    "drill": gettext_lazy("restore drill"),
}
OPENS: Final[dict[str, Promise]] = {
    "all": gettext_lazy("all sets"),
    "full": gettext_lazy("data sets only"),
    "keys": gettext_lazy("key sets only"),
}
MEDIA: Final[dict[str, Promise]] = {
    "disk": gettext_lazy("disk of this machine"),
    "server": gettext_lazy("another server"),
    "object": gettext_lazy("object storage"),
    "removable": gettext_lazy("removable media"),
}
LOCKS: Final[dict[str, Promise]] = {
    "none": gettext_lazy("no lock: copies can be deleted"),
    "governance": gettext_lazy(
        "object lock, governance: only administrators of the store can delete"
    ),
    "compliance": gettext_lazy("object lock, compliance: nobody can delete"),
    "mounted": gettext_lazy("write-once by the mounted file system"),
}
RESULTS: Final[dict[str, Badge]] = {
    "passed": (gettext_lazy("passed"), "bg-green-lt"),
    "failed": (gettext_lazy("failed"), "bg-red-lt"),
    "no_verdict": (gettext_lazy("no verdict"), "bg-warning-lt"),
}
LEVELS: Final[dict[int, Promise]] = {
    0: gettext_lazy("written, length read back"),
    1: gettext_lazy("every byte read again, hashes equal"),
    2: gettext_lazy("opened to its end, list equal to the manifest"),
    3: gettext_lazy("restored, and counts, hashes, keys and trail agree"),
    4: gettext_lazy("Tutela started on it and its smoke test passed"),
}
DRILL_STATES: Final[dict[str, Badge]] = {
    "planned": (gettext_lazy("planned"), "bg-secondary-lt"),
    "provisioning": (gettext_lazy("starting a scratch database"), "bg-azure-lt"),
    "fetching": (gettext_lazy("fetching the set"), "bg-azure-lt"),
    "opening": (gettext_lazy("opening the set"), "bg-azure-lt"),
    "restoring": (gettext_lazy("restoring"), "bg-azure-lt"),
    "checking": (gettext_lazy("checking"), "bg-azure-lt"),
    "smoke": (gettext_lazy("starting Tutela on it"), "bg-azure-lt"),
    "teardown": (gettext_lazy("destroying the scratch copy"), "bg-azure-lt"),
    "passed": (gettext_lazy("passed"), "bg-green-lt"),
    "failed": (gettext_lazy("failed"), "bg-red-lt"),
    "aborted": (gettext_lazy("aborted"), "bg-warning-lt"),
}
ENDED: Final = frozenset({"passed", "failed", "aborted"})
"""States of a drill that is over."""
CHOSEN: Final[dict[str, Promise]] = {
    "newest": gettext_lazy("the newest set"),
    "oldest": gettext_lazy("the oldest kept set"),
    "random": gettext_lazy("a set drawn at random"),
    "asked": gettext_lazy("a set that was asked for"),
}
PARTS: Final[dict[str, tuple[Promise, Promise]]] = {
    "copies": (
        gettext_lazy("Copies"),
        gettext_lazy("this installation and the copies of the newest set"),
    ),
    "media": (
        gettext_lazy("Kinds of media"),
        gettext_lazy("no single kind of device holds everything"),
    ),
    "offsite": (gettext_lazy("Offsite"), gettext_lazy("copies at another place")),
    "immutable": (gettext_lazy("Immutable"), gettext_lazy("copies that nobody can delete today")),
    "errors": (gettext_lazy("Errors"), gettext_lazy("verdicts against kept copies that stand")),
}
"""The figures of the 3-2-1-1-0 rule, and what each counts."""
PART_STATES: Final[dict[str, Badge]] = {
    "good": (gettext_lazy("met"), "bg-green-lt"),
    "short": (gettext_lazy("not met"), "bg-red-lt"),
    "unknown": (gettext_lazy("not verified yet"), "bg-warning-lt"),
}
WEEKDAYS: Final = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
    gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday"),
)  # fmt: skip
STAGES: Final[dict[str, Promise]] = {
    "starting": gettext_lazy("starting"),
    "dumping": gettext_lazy("dumping, compressing and sealing"),
    "files": gettext_lazy("adding stored files"),
    "counting": gettext_lazy("counting and hashing the rows"),
    "sealing": gettext_lazy("signing the manifest"),
    "uploading": gettext_lazy("writing to the targets"),
}
"""What a run does now."""
DRILL_STAGES: Final[dict[str, Promise]] = {
    "provisioning": gettext_lazy("Start a scratch database"),
    "fetching": gettext_lazy("Fetch the set"),
    "opening": gettext_lazy("Open the set"),
    "restoring": gettext_lazy("Restore the database"),
    "checking": gettext_lazy("Check what came back"),
    "smoke": gettext_lazy("Start Tutela on it"),
    "teardown": gettext_lazy("Destroy the scratch copy"),
}
CHECKS: Final[dict[str, Promise]] = {
    "inspection": gettext_lazy("the copy answers from inside"),
    "counts": gettext_lazy("rows of every table as in the manifest"),
    "hashes": gettext_lazy("sampled rows as in the manifest"),
    "foreign_keys": gettext_lazy("foreign keys hold"),
    "grants": gettext_lazy("rights of every role as before"),
    "triggers": gettext_lazy("triggers are there and on"),
    "triggers_fire": gettext_lazy("a forbidden change of the trail is refused"),
    "indexes": gettext_lazy("indexes are there and valid"),
    "checkpoint": gettext_lazy("the trail holds the checkpoint of the manifest"),
    "new_epoch": gettext_lazy("the trail goes on in a new epoch"),
    "canary_opens": gettext_lazy("records of customers open with the restored keys"),
    "destructions_replayed": gettext_lazy("destructions since the set were carried out again"),
    "destroyed_stays_closed": gettext_lazy("destroyed customers stay closed"),
    "trail_rehashed": gettext_lazy("the whole trail was hashed again"),
    "vault_verified": gettext_lazy("the vault agrees with the trail"),
    "health_answers": gettext_lazy("the service says that it is well"),
    "sign_in_page": gettext_lazy("the sign-in page opens"),
    "page_needs_sign_in": gettext_lazy("a page asks for a sign-in"),
    "api_needs_key": gettext_lazy("the API asks for a key"),
    "broken_copy_refused": gettext_lazy("a copy with one changed byte was refused"),
}
HAPPENED: Final[dict[str, Promise]] = {
    "database": gettext_lazy("The database is lost or damaged; the machine still works"),
    "machine": gettext_lazy("The machine or the building is lost"),
    "rows": gettext_lazy("Rows were deleted or overwritten by mistake"),
    "attack": gettext_lazy("Somebody encrypted or changed data: an attack"),
}
_UNITS: Final = ("B", "KB", "MB", "GB", "TB", "PB")
_STEP: Final = 1000
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400


def badge(words: dict[str, Badge], code: str) -> Badge | tuple[str, str]:
    """The words and the looks of a state; a code that this version does not know stands as it is."""
    return words.get(code, (code, "bg-secondary-lt"))


def size(number: int | None) -> str:
    """Bytes as people read them, in powers of 1,000, with three digits; a dash for none."""
    if number is None:
        return "–"
    value, unit = float(number), 0
    while value >= _STEP and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    digits = 0 if unit == 0 or value >= 100 else 1 if value >= 10 else 2
    return f"{formats.number_format(value, digits, use_l10n=False)} {_UNITS[unit]}"


def duration(seconds: float | None) -> str:
    """A duration in its two largest units; a dash for none."""
    if seconds is None:
        return "–"
    whole = round(seconds)
    if whole < _MINUTE:
        return _("%(seconds)s s") % {"seconds": whole if whole or not seconds else "<1"}
    if whole < _HOUR:
        minutes = _("%(minutes)s min") % {"minutes": whole // _MINUTE}
        return _and(minutes, _("%(seconds)s s"), "seconds", whole % _MINUTE)
    if whole < _DAY:
        hours = _("%(hours)s h") % {"hours": whole // _HOUR}
        return _and(hours, _("%(minutes)s min"), "minutes", whole % _HOUR // _MINUTE)
    days = ngettext("%(days)s day", "%(days)s days", whole // _DAY) % {"days": whole // _DAY}
    return _and(days, _("%(hours)s h"), "hours", whole % _DAY // _HOUR)


def _and(large: str, small: str, name: str, number: int) -> str:
    """Both units, or the larger one alone where nothing is left for the smaller."""
    return f"{large} {small % {name: number}}" if number else large


def check_line(check: Mapping[str, object]) -> dict[str, object]:
    """One check of a drill or a preflight: its words, result and duration; what this version does not know stands
    by its code."""
    code = str(check.get("check", ""))
    seconds = check.get("seconds")
    return {
        "code": code,
        "words": CHECKS.get(code, code),
        "badge": badge(RESULTS, str(check.get("result", ""))),
        "seconds": duration(seconds) if isinstance(seconds, int | float) else "",
    }
