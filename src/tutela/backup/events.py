"""The events of backups. No name of a set stands in a leaf: run, copy and target are named by their ids."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details, ocsf_kinds
from tutela.trail.details import CODE, COUNT, HASH, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_CHANGE: Final = Detail("backup_change", UUID_TEXT, _("Change of backups"))
_CHANGES: Final = Detail("backup_subject", CODE, _("What is changed"))
_COPY: Final = Detail("backup_copy", UUID_TEXT, _("Copy of a backup"))
_DRILL: Final = Detail("backup_drill", UUID_TEXT, _("Restore drill"))
_EDITION: Final = Detail("backup_edition", COUNT, _("Edition of the backup timetable"))
_KIND: Final = Detail("backup_kind", CODE, _("Kind of backup"))
_LEVEL: Final = Detail("backup_level", COUNT, _("Level of verification"))
_MANIFEST: Final = Detail("backup_manifest", HASH, _("Fingerprint of the manifest"))
_RECIPIENT: Final = Detail("backup_recipient", UUID_TEXT, _("Recipient key of backups"))
_RESULT: Final = Detail("backup_result", CODE, _("Result of the verification"))
_ROLE: Final = Detail("backup_role", CODE, _("Role of the recipient key"))
_RUN: Final = Detail("backup_run", UUID_TEXT, _("Backup run"))
_SOURCE: Final = Detail("backup_source", CODE, _("Backups of another program"))
_STAGE: Final = Detail("backup_stage", CODE, _("Stage of the backup"))
_TABLES: Final = Detail("backup_tables", COUNT, _("Tables"))
_TARGET: Final = Detail("backup_target", UUID_TEXT, _("Backup target"))
_TOOL: Final = Detail("backup_tool", CODE, _("Backup program"))
_VERB: Final = Detail("backup_verb", CODE, _("Kind of change"))
_WEEKLY: Final = Detail("backup_weekly", COUNT, _("The promised one of its week (1) or not (0)"))

_RUN_DETAILS: Final = (_RUN, _KIND, _WEEKLY, _STAGE, _MANIFEST, _TABLES, details.BYTES)
_COPY_DETAILS: Final = (_COPY, _RUN, _KIND, _TARGET, details.BYTES)
_CHANGE_DETAILS: Final = (_CHANGE, _CHANGES, _VERB)
_DRILL_DETAILS: Final = (_DRILL, _RUN, _COPY, _LEVEL, _STAGE)

RUN_STARTED: Final = EventSpec("backup.run.started", _("Backup started"), _RUN_DETAILS)
"""A backup of the database was started."""
RUN_UPLOADED: Final = EventSpec("backup.run.uploaded", _("Backup completed"), _RUN_DETAILS)
"""A set was sealed, its manifest signed, and it lies on every active target; the leaf holds the manifest's
fingerprint."""
RUN_FAILED: Final = EventSpec("backup.run.failed", _("Backup failed"), _RUN_DETAILS)
"""A backup ended without a set; the leaf says at which stage and with which code."""
RUN_MISSED: Final = EventSpec("backup.run.missed", _("Backup missed"), (*_RUN_DETAILS, details.DUE))
"""A planned backup did not start in time. It stays missed, also when a later one succeeds."""
COPY_WRITTEN: Final = EventSpec("backup.copy.written", _("Copy of a backup written"), _COPY_DETAILS)
"""A target holds all parts and the manifest of a set, read back by their length."""
COPY_DELETED: Final = EventSpec("backup.copy.deleted", _("Copy of a backup deleted"), _COPY_DETAILS)
"""A copy whose time is over was removed from its target."""
COPY_HELD: Final = EventSpec("backup.copy.held", _("Copy of a backup held"), _COPY_DETAILS)
"""A legal hold was placed on a copy."""
COPY_RELEASED: Final = EventSpec(
    "backup.copy.released", _("Hold of a backup released"), _COPY_DETAILS
)
"""A legal hold on a copy was lifted."""
COPY_VERIFIED: Final = EventSpec(
    "backup.copy.verified",
    _("Copy of a backup verified"),
    (*_COPY_DETAILS, _LEVEL, _RESULT),
    ocsf=ocsf_kinds.READ,
)
"""A copy was read back; the leaf says up to which level and with which result."""
SET_OPENED: Final = EventSpec(
    "backup.set.opened", _("Backup opened"), (*_COPY_DETAILS, _DRILL), ocsf=ocsf_kinds.READ
)
"""A sealed set was fetched and opened with a private key: to verify it, for a drill or to restore."""
CANARY_OPENED: Final = EventSpec(
    "backup.canary.opened",
    _("Record of a restored copy opened as a test"),
    (_DRILL,),
    ocsf=ocsf_kinds.READ,
)
"""Every cell of a customer in a restored copy was opened and dropped, to see that it opens, or stays closed."""
CHANGE_PROPOSED: Final = EventSpec(
    "backup.change.proposed", _("Change of backups proposed"), _CHANGE_DETAILS
)
"""A change of a target, a recipient, the timetable or a hold waits for a second person."""
CHANGE_APPROVED: Final = EventSpec(
    "backup.change.approved", _("Change of backups approved"), _CHANGE_DETAILS
)
"""A second person approved a change, which holds from now on."""
CHANGE_REJECTED: Final = EventSpec(
    "backup.change.rejected", _("Change of backups rejected"), _CHANGE_DETAILS
)
"""A change was rejected, or taken back by who proposed it."""
RECIPIENT_ADDED: Final = EventSpec(
    "backup.recipient.added", _("Recipient key of backups added"), (_RECIPIENT, _ROLE)
)
"""New sets are sealed to this public key as well."""
RECIPIENT_REMOVED: Final = EventSpec(
    "backup.recipient.removed", _("Recipient key of backups removed"), (_RECIPIENT, _ROLE)
)
"""New sets are no longer sealed to this public key; it still opens older ones."""
RECIPIENT_CHECKED: Final = EventSpec(
    "backup.recipient.checked", _("Recipient key of backups checked"), (_RECIPIENT, _ROLE)
)
"""The holder of the private half opened a sealed sample."""
POLICY_SIGNED: Final = EventSpec(
    "backup.policy.signed", _("Timetable of backups signed"), (_EDITION,)
)
"""A new edition of the timetable, the retention and the promised recovery times is in force."""
TARGET_REGISTERED: Final = EventSpec(
    "backup.target.registered", _("Backup target registered"), (_TARGET,)
)
"""A place for copies was registered; runs write to it from now on."""
TARGET_CHANGED: Final = EventSpec(
    "backup.target.changed", _("Backup target changed"), (_TARGET, _VERB)
)
"""A target was changed, paused, resumed or removed."""
TARGET_PROBED: Final = EventSpec(
    "backup.target.probed", _("Backup target tested"), (_TARGET, _RESULT)
)
"""A target was tested: a probe was written, read back, and its deletion tried."""
DRILL_STARTED: Final = EventSpec("backup.drill.started", _("Restore drill started"), _DRILL_DETAILS)
"""A restore drill was declared: its recovery time counts from now on."""
DRILL_PASSED: Final = EventSpec("backup.drill.passed", _("Restore drill passed"), _DRILL_DETAILS)
"""A set was restored into a scratch database, checked, tried and destroyed; the report is signed."""
DRILL_FAILED: Final = EventSpec("backup.drill.failed", _("Restore drill failed"), _DRILL_DETAILS)
"""A restore drill failed or was broken off; the scratch copy is destroyed."""
DATABASE_RESTORED: Final = EventSpec(
    "backup.database.restored", _("Database restored from a backup"), (*_COPY_DETAILS, _MANIFEST)
)
"""The service runs on a database that was restored from a set; the leaf names the set's manifest."""
OUTSIDE_REPORTED: Final = EventSpec(
    "backup.outside.reported",
    _("Status of another backup program received"),
    (_SOURCE, _TOOL, details.FILE_HASH),
)
"""What another program says of its own backups was brought in, as evidence from outside."""
