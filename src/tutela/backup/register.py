"""What backups declare while the product starts."""

from tutela.access import permission_specs
from tutela.base import health
from tutela.notices import kinds
from tutela.trail import event_specs

from . import checks, events, making, notice_kinds, page_register, permissions
from .actions import (
    changes,
    copies,
    physical,
    policy,
    recipients,
    targets,
    uploads,
    verifications,
)

ENTRIES = page_register.ENTRIES


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    kinds.declare(notice_kinds)
    health.declare(
        checks.backup_recipients,
        checks.backup_targets,
        checks.backup_runs,
        checks.backup_tool,
        checks.backup_log,
    )
    changes.APPLIED.declare("recipient", recipients.apply_change)
    changes.APPLIED.declare(targets.KIND, targets.apply_change)
    changes.APPLIED.declare("policy", policy.apply_change)
    changes.APPLIED.declare("hold", copies.apply_change)
    making.MAKERS.declare("full", making.make_full)
    making.MAKERS.declare("base", physical.make_base)
    making.MAKERS.declare("incremental", physical.make_incremental)
    making.MAKERS.declare("wal", physical.make_log)
    uploads.FOLLOWERS.declare("verification", verifications.follow)
    uploads.FOLLOWERS.declare("log", physical.let_go_of_log)
    page_register.join()
