"""What the frame of every page shows: who is signed in, where they may go, light or dark."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.access import enrolment, gate
from tutela.access.gate import StaffRequest
from tutela.access.permissions import Permission
from tutela.console import people
from tutela.console.templatetags.console import named
from tutela.notices.queries import unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the main navigation. `view` is the name of the page it opens: whoever its policy lets
    in sees the line. `use` narrows that to the posts that have work there."""

    view: str
    label: str | Promise
    icon: str
    use: frozenset[Permission] = frozenset()
    begins: str | Promise = ""
    address: str = ""
    active: bool = False


# Whoever reports figures, and whoever hands them out or checks them.
PROOF = frozenset({Permission.SCORECARD_EVIDENCE_ADD, Permission.SCORECARD_PACK_WRITE})

ENTRIES = (
    Entry(view="console-home", label=_("Home"), icon="home"),
    Entry(view="notices-inbox", label=_("Inbox"), icon="inbox"),
    Entry(view="governance-my-work", label=_("My work"), icon="checklist"),
    Entry(
        view="vault-list-customers",
        label=_("Customers"),
        icon="users",
        begins=_("Customer information"),
    ),
    Entry(
        view="vault-list-imports",
        label=_("Import"),
        icon="file-import",
    ),
    Entry(view="vault-list-held-batches", label=_("Held rows"), icon="hourglass"),
    Entry(view="vault-list-assignments", label=_("Assigned work items"), icon="user-check"),
    Entry(view="vault-list-moves", label=_("Moves between branches"), icon="arrows-exchange"),
    Entry(view="vault-list-destructions", label=_("Destruction"), icon="eraser"),
    Entry(view="vault-list-sources", label=_("Source systems"), icon="plug-connected"),
    Entry(
        view="vault-list-fields",
        label=_("Field catalogue"),
        icon="list-details",
    ),
    Entry(
        view="governance-view-programme",
        label=_("Programme"),
        icon="timeline",
        begins=_("Governance"),
    ),
    Entry(
        view="governance-view-year",
        label=_("Year of duties"),
        icon="calendar-check",
    ),
    Entry(
        view="governance-list-tasks",
        label=_("Tasks"),
        icon="layout-kanban",
    ),
    Entry(
        view="documents-list-documents",
        label=_("Policies and documents"),
        icon="books",
    ),
    Entry(
        view="committee-list-committees",
        label=_("Committee"),
        icon="users-group",
    ),
    Entry(
        view="assessment-list",
        label=_("Yearly assessment"),
        icon="clipboard-check",
    ),
    Entry(
        view="risk-list",
        label=_("Risk register"),
        icon="alert-triangle",
    ),
    Entry(
        view="trail-search-leaves",
        label=_("Access trail"),
        icon="eye-check",
        begins=_("Control"),
    ),
    Entry(
        view="access-list-staff",
        label=_("Staff and posts"),
        icon="id-badge-2",
    ),
    Entry(
        view="access-list-keys",
        label=_("API keys"),
        icon="key",
    ),
    Entry(
        view="access-read-matrix",
        label=_("Permission matrix"),
        icon="table-options",
    ),
    Entry(
        view="notices-list-channels",
        label=_("Notice channels"),
        icon="bell-cog",
    ),
    Entry(
        view="scorecard-list-missing",
        label=_("What is missing"),
        icon="list-search",
        begins=_("Figures and proof"),
    ),
    Entry(
        view="scorecard-list-outside",
        label=_("Outside evidence"),
        icon="file-certificate",
        use=PROOF,
    ),
    Entry(
        view="console-encryption",
        label=_("Encrypted values"),
        icon="lock-check",
        use=PROOF,
    ),
    Entry(
        view="scorecard-define-measure",
        label=_("Own measures"),
        icon="math-function",
    ),
    Entry(
        view="scorecard-write-pack",
        label=_("Evidence pack"),
        icon="package-export",
    ),
)


def frame(request: StaffRequest) -> dict[str, Any]:
    """The context processor. It never fails a page: without a known person it shows no navigation."""
    theme = request.COOKIES.get("theme", "")
    told: dict[str, Any] = {
        "company": settings.TUTELA_COMPANY,
        "demo": settings.TUTELA_DEMO,
        "theme": theme if theme in {"light", "dark"} else "",
    }
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return told
    posts = people.posts_of(person)
    enrol = hasattr(request, "actor") and enrolment.is_missing(request.actor)
    return told | {
        "me": person,
        "posts": [named(post) for post in posts],
        "must_enrol": enrol,
        "nav": [] if enrol else navigation(request),
        "unread": unread(person.id),
    }


def navigation(request: StaffRequest) -> list[Entry]:
    """The entries that this person can open. A heading moves to the first that is left."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    shown, heading = [], ""
    for entry in ENTRIES:
        heading = str(entry.begins) or heading
        address = reverse(entry.view)
        if not _leads(request, entry, address):
            continue
        shown.append(
            replace(
                entry,
                begins=heading,
                address=address,
                active=here == entry.view or (address != "/" and request.path.startswith(address)),
            )
        )
        heading = ""
    return shown


def _leads(request: StaffRequest, entry: Entry, address: str) -> bool:
    """Whether this person may open the page and has some use for it."""
    wanted = any(gate.holds(request.actor, one) for one in entry.use) or not entry.use
    return wanted and gate.may_open(request.actor, address)
