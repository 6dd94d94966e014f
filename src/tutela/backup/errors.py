"""Every refusal of this room, each with a code that never changes and the way to mend it."""

# ruff: noqa: PLC0414 those of targets are handed on, for who handles both

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, Unavailable

from .targets.errors import (
    AddressPlain as AddressPlain,
)
from .targets.errors import (
    AddressWrong as AddressWrong,
)
from .targets.errors import (
    CertificateUnknown as CertificateUnknown,
)
from .targets.errors import (
    CredentialAsked as CredentialAsked,
)
from .targets.errors import (
    CredentialWrong as CredentialWrong,
)
from .targets.errors import (
    FileNameWrong as FileNameWrong,
)
from .targets.errors import (
    FolderInside as FolderInside,
)
from .targets.errors import (
    HostKeyChanged as HostKeyChanged,
)
from .targets.errors import (
    IdentityWrong as IdentityWrong,
)
from .targets.errors import (
    LengthWrong as LengthWrong,
)
from .targets.errors import (
    LockExpired as LockExpired,
)
from .targets.errors import (
    LockMissing as LockMissing,
)
from .targets.errors import (
    LockShort as LockShort,
)
from .targets.errors import (
    MediaUnknown as MediaUnknown,
)
from .targets.errors import (
    NameTaken as NameTaken,
)
from .targets.errors import (
    ObjectLocked as ObjectLocked,
)
from .targets.errors import (
    ObjectMissing as ObjectMissing,
)
from .targets.errors import (
    OtherMedium as OtherMedium,
)
from .targets.errors import (
    PartBusy as PartBusy,
)
from .targets.errors import (
    SchemeUnknown as SchemeUnknown,
)
from .targets.errors import (
    SignInRefused as SignInRefused,
)
from .targets.errors import (
    SourceFault as SourceFault,
)
from .targets.errors import (
    TargetFault as TargetFault,
)
from .targets.errors import (
    TargetFull as TargetFull,
)
from .targets.errors import (
    TargetGone as TargetGone,
)
from .targets.errors import (
    TargetRefused as TargetRefused,
)
from .targets.errors import (
    UrlExists as UrlExists,
)


class RunUnknown(NotFound):
    code = "backup.run_unknown"
    sentence = _("This backup does not exist.")


class CopyUnknown(NotFound):
    code = "backup.copy_unknown"
    sentence = _("This copy of a backup does not exist.")


class TargetUnknown(NotFound):
    code = "backup.target_unknown"
    sentence = _("This backup target does not exist.")


class RecipientUnknown(NotFound):
    code = "backup.recipient_unknown"
    sentence = _("This recipient key does not exist.")


class ChangeUnknown(NotFound):
    code = "backup.change_unknown"
    sentence = _("This proposed change does not exist.")


class DrillUnknown(NotFound):
    code = "backup.drill_unknown"
    sentence = _("This restore drill does not exist.")


class ChangeDecided(Conflict):
    code = "backup.change_decided"
    sentence = _("This change is decided already.")


class ChangeSamePerson(Conflict):
    code = "backup.change_same_person"
    sentence = _("Somebody else must approve this change: you proposed it.")


class ChangeProposerGone(Conflict):
    code = "backup.change_proposer_gone"
    sentence = _("Whoever proposed this change may do so no more. Reject it, and propose it again.")


class ChangeOvertaken(Conflict):
    code = "backup.change_overtaken"
    sentence = _("What this change is about has changed since. Reject it, and propose it again.")


class LevelUnknown(Invalid):
    code = "backup.level_unknown"
    sentence = _("A copy is verified up to level 0, 1 or 2; levels 3 and 4 are restore drills.")


class ChoiceUnknown(Invalid):
    code = "backup.choice_unknown"
    sentence = _("A drill takes the newest, oldest or a random set: newest, oldest or random.")


class NothingToRestore(Conflict):
    code = "backup.nothing_to_restore"
    sentence = _(
        "There is no written copy of a full set with a keys set beside it. Make a backup first."
    )


class DrillGoing(Conflict):
    code = "backup.drill_going"
    sentence = _("A restore drill is running already. Wait for its end.")


class DrillKeyMissing(Conflict):
    code = "backup.drill_key_missing"
    sentence = _(
        "This machine has no private key for drills. Name its file in TUTELA_BACKUP_IDENTITY_FILE, and add its "
        "public half as a recipient with the role drill."
    )


class KindUnknown(Invalid):
    code = "backup.kind_unknown"
    sentence = _("There is no backup of this kind: it is full, base or incremental.")


class NameWrong(Invalid):
    code = "backup.name_wrong"
    sentence = _(
        "The name is 2 to 40 lower-case letters, digits and hyphens, with at most four digits in a row."
    )


class NameExists(Conflict):
    code = "backup.name_exists"
    sentence = _("The name %(name)s is in use already. Choose another one.")


class KeyWrong(Invalid):
    code = "backup.key_wrong"
    sentence = _("This is no age public key: it begins with age1 and has 62 characters.")


class KeyIsPrivate(Invalid):
    code = "backup.key_is_private"
    sentence = _(
        "This is the private half of a key. Keep it away from this machine, make a new pair, and give the "
        "public half, which begins with age1."
    )


class KeyExists(Conflict):
    code = "backup.key_exists"
    sentence = _("This key is a recipient already.")


class RoleUnknown(Invalid):
    code = "backup.role_unknown"
    sentence = _("The role of a recipient is operations, escrow or drill.")


class OpensUnknown(Invalid):
    code = "backup.opens_unknown"
    sentence = _("A recipient opens all sets, full sets, or keys sets: all, full or keys.")


class RecipientsMissing(Conflict):
    code = "backup.recipients_missing"
    sentence = _(
        "A backup is sealed to at least two different keys, one of operations and one in escrow. Missing: "
        "%(roles)s."
    )


class TargetsMissing(Conflict):
    code = "backup.targets_missing"
    sentence = _("No backup target is active. Register one first.")


class FigureWrong(Invalid):
    """`field` is a column of the timetable."""

    code = "backup.figure_wrong"
    sentence = _("%(field)s is a number from %(least)s to %(most)s.")


class PolicyLooser(Invalid):
    code = "backup.policy_looser"
    sentence = _(
        "The window of keys sets is at least %(least)s days, so that each kept daily set still has one."
    )


class RunGoing(Conflict):
    code = "backup.run_going"
    sentence = _("A backup is running already. Wait for its end.")


class RunEnded(Conflict):
    code = "backup.run_ended"
    sentence = _("This backup has ended. Start a new one.")


class RunInterrupted(Unavailable):
    code = "backup.interrupted"
    sentence = _("The backup was broken off before its set was sealed. It is made again.")


class ToolMissing(Unavailable):
    """`server` is the server's major version."""

    code = "backup.tool_missing"
    sentence = _(
        "There is no pg_dump for PostgreSQL %(server)s on this machine. Install the client tools of that "
        "version, or name their folder in TUTELA_POSTGRES_TOOLS."
    )


class ToolOlder(Unavailable):
    code = "backup.tool_older"
    sentence = _(
        "pg_dump is version %(tool)s and the server version %(server)s. Install the server's own client "
        "tools; nothing was backed up."
    )


class ToolFailedToStart(Unavailable):
    """A fault of the backup, no verdict on the data."""

    code = "backup.tool_not_started"
    sentence = _("%(tool)s does not start on this machine (exit code %(exit)s).")


class DumpFailed(Unavailable):
    code = "backup.dump_failed"
    sentence = _("pg_dump ended with exit code %(exit)s. See the log of the service.")


class DumpIncomplete(Unavailable):
    """`table` is a table's name."""

    code = "backup.dump_incomplete"
    sentence = _(
        "The role that backs up may not read all rows of %(table)s. Nothing was backed up."
    )


class NotEnoughRoom(Unavailable):
    """Bytes as numbers."""

    code = "backup.not_enough_room"
    sentence = _(
        "The backup needs about %(need)s MB in its working folder and %(free)s MB are free. Nothing was "
        "backed up."
    )


class FileChanged(Unavailable):
    code = "backup.file_changed"
    sentence = _("A stored file changed while it was backed up. The backup is made again.")


class StagedDamaged(Unavailable):
    code = "backup.staged_damaged"
    sentence = _(
        "A sealed part in the working folder is not as it was written. The set is given up; make a new "
        "backup."
    )


class SigningKeyMissing(Unavailable):
    code = "backup.signing_key_missing"
    sentence = _(
        "The key that signs backups is gone from the data directory: %(name)s. Bring it back from a backup."
    )


class ClockBehind(Unavailable):
    code = "backup.clock_behind"
    sentence = _(
        "The clock is behind the last backup by %(minutes)s minutes. Correct the clock of this machine."
    )


class CopyHeld(Conflict):
    code = "backup.copy_held"
    sentence = _("This copy is under a legal hold.")


class CopyNotHeld(Conflict):
    code = "backup.copy_not_held"
    sentence = _("This copy is under no legal hold.")


class CopyGone(Conflict):
    code = "backup.copy_gone"
    sentence = _("This copy is not on its target any more.")


class PhysicalOff(Conflict):
    code = "backup.physical_off"
    sentence = _(
        "Backups of the server's files are switched off here. Set TUTELA_BACKUP_PHYSICAL to own or pgbackrest."
    )


class ChainEnded(Conflict):
    """`why` is a code of `physical.chains.Why`."""

    code = "backup.chain_ended"
    sentence = _("There is no chain to go on with (%(why)s). Make a base backup.")


class ProgramBroken(Unavailable):
    """A fault of the backup, no verdict on the data."""

    code = "backup.program_broken"
    sentence = _("%(program)s failed. See the log of the service; nothing was backed up.")


class LogLost(Unavailable):
    code = "backup.log_lost"
    sentence = _(
        "The server has removed parts of its log that were not kept yet. A base backup begins anew; the moments "
        "in between cannot be brought back."
    )


class ChainMissing(NotFound):
    code = "backup.chain_missing"
    sentence = _("No base backup on this target ended before that moment.")


class MomentMissed(Unavailable):
    """`reached` is the last moment that the kept log reaches, "" if it has a hole."""

    code = "backup.moment_missed"
    sentence = _("The kept log does not reach that moment without a hole. It reaches %(reached)s.")


class MomentWrong(Invalid):
    code = "backup.moment_wrong"
    sentence = _("A moment is written with its zone, such as 2026-05-04T10:30:00+08:00.")


class DataFolderTaken(Conflict):
    code = "backup.data_folder_taken"
    sentence = _(
        "The server's data directory holds files. Move it away first; nothing is overwritten."
    )


class LogUnchanged(Conflict):
    code = "backup.log_unchanged"
    sentence = _("Nothing was written since the last part of the log.")


class ProgramTooOld(Unavailable):
    code = "backup.program_too_old"
    sentence = _(
        "%(program)s %(version)s does not know PostgreSQL %(server)s. Install a newer one."
    )


class ManifestForged(Invalid):
    code = "backup.manifest_forged"
    sentence = _("The manifest of this set is not signed by this installation's key.")


class ManifestUnreadable(Invalid):
    code = "backup.manifest_unreadable"
    sentence = _(
        "The manifest of this set cannot be read, or is of a format this version does not know."
    )


class ManifestOfAnotherSet(Invalid):
    code = "backup.manifest_of_another_set"
    sentence = _("The manifest in this folder belongs to another set.")


class RunBroken(Unavailable):
    """`kind` is the type of what was raised."""

    code = "backup.run_broken"
    sentence = _("The backup ended by a fault of type %(kind)s. See the log of the service.")


class PartMissing(Invalid):
    """`part` is the number of a part in these."""

    code = "backup.part_missing"
    sentence = _("Part %(part)s of the set is missing. This copy is no set; use another copy.")


class PartCut(Invalid):
    code = "backup.part_cut"
    sentence = _(
        "Part %(part)s of the set has another length than its manifest says. Use another copy."
    )


class PartDamaged(Invalid):
    code = "backup.part_damaged"
    sentence = _(
        "Part %(part)s of the set is not what was written: its hash is another. Use another copy."
    )


class SetClosed(Invalid):
    """Wrong key, changed bytes, a cut end and a header that asks for a passphrase are answered alike."""

    code = "backup.set_closed"
    sentence = _(
        "The set does not open with this key, or was changed. Nothing of what came out of it is used."
    )


class ContentsUnlike(Invalid):
    """`member` counts the files of the set from 1."""

    code = "backup.contents_unlike"
    sentence = _(
        "File %(member)s inside the set is not what its manifest says. Nothing of it is used."
    )


class DumpUnlike(Invalid):
    """`count` is how many tables."""

    code = "backup.dump_unlike"
    sentence = _("The dump inside the set lacks %(count)s tables that its manifest names.")


class SignerUnknown(Invalid):
    code = "backup.signer_unknown"
    sentence = _(
        "This machine does not know the key that signs the backups. Give it with --signer: it is printed on the "
        "card for the bad day."
    )


class WordWrong(Invalid):
    code = "backup.word_wrong"
    sentence = _(
        "This is not the word of a sample of today or yesterday. Open the newest sample with the private key."
    )


class ToolUnknown(Invalid):
    code = "backup.tool_unknown"
    sentence = _("The status of pgbackrest, barman, restic and borg can be read.")


class ZoneUnknown(Invalid):
    code = "backup.zone_unknown"
    sentence = _("There is no time zone of this name. Use a name such as Asia/Shanghai.")


class OutsideUnreadable(Invalid):
    """`part` is what is wrong: size, JSON, form or server."""

    code = "backup.outside_unreadable"
    sentence = _(
        "This is no JSON status of %(tool)s (%(part)s). Use the command that the help names, and name the server "
        "where it tells of several."
    )
