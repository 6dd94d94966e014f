"""What the vault declares while the product starts."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.access import home, leaving, navigation, permission_specs
from tutela.access import permissions as access_permissions
from tutela.access.navigation import Entry, Section
from tutela.base import health, readings
from tutela.notices import kinds
from tutela.trail import event_specs, lasting
from tutela.web import frame, ways_on

from . import checks, events, evidence, lacks, notice_kinds, permissions
from .actions import leavers
from .box import BOX
from .home import PARTS
from .verification.leaves import ANCHORING

ENTRIES: Final = (
    Entry(
        view="vault-list-customers",
        label=_("Customers"),
        icon="users",
        section=Section.CUSTOMERS,
        order=10,
    ),
    Entry(
        view="vault-list-imports",
        label=_("Import"),
        icon="file-import",
        section=Section.CUSTOMERS,
        order=20,
    ),
    Entry(
        view="vault-list-held-batches",
        label=_("Held rows"),
        icon="hourglass",
        section=Section.CUSTOMERS,
        order=30,
    ),
    Entry(
        view="vault-list-assignments",
        label=_("Assigned work items"),
        icon="user-check",
        section=Section.CUSTOMERS,
        order=40,
    ),
    Entry(
        view="vault-list-temporary-access",
        label=_("Temporary access"),
        icon="clock-shield",
        section=Section.CUSTOMERS,
        order=45,
        use=frozenset(
            {
                access_permissions.TEMPORARY_ACCESS_REQUEST,
                access_permissions.TEMPORARY_ACCESS_APPROVE,
                access_permissions.TEMPORARY_ACCESS_END,
            }
        ),
    ),
    Entry(
        view="vault-list-queue",
        label=_("Work items to hand out"),
        icon="clipboard-list",
        section=Section.CUSTOMERS,
        order=42,
    ),
    Entry(
        view="vault-list-moves",
        label=_("Moves between branches"),
        icon="arrows-exchange",
        section=Section.CUSTOMERS,
        order=50,
    ),
    Entry(
        view="vault-list-destructions",
        label=_("Destruction"),
        icon="eraser",
        section=Section.CUSTOMERS,
        order=60,
    ),
    Entry(
        view="vault-list-sources",
        label=_("Source systems"),
        icon="plug-connected",
        section=Section.CUSTOMERS,
        order=70,
    ),
    Entry(
        view="vault-list-fields",
        label=_("Field catalogue"),
        icon="list-details",
        section=Section.CUSTOMERS,
        order=80,
    ),
)


def join() -> None:
    event_specs.declare(events)
    lasting.declare(events.CUSTOMER_DESTROYED, *ANCHORING)
    permission_specs.declare(permissions)
    readings.declare(evidence.SOURCE)
    health.declare(checks.vault_verified)
    home.declare(*PARTS)
    navigation.declare(*ENTRIES)
    kinds.declare(notice_kinds)
    leaving.declare("work items", leavers.release_work_items)
    frame.declare_box("vault", BOX)
    ways_on.declare("vault", lacks.ways)
