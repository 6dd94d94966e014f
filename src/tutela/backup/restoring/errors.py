"""Why a restore is refused. Nothing of the old is touched by any of these."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, Unavailable


class ServiceRunning(Conflict):
    code = "backup.service_running"
    sentence = _(
        "Tutela is running on this data directory. Stop it first: a restore never replaces what is in use."
    )


class DatabaseLive(Conflict):
    """`count` is how many others are connected."""

    code = "backup.database_live"
    sentence = _(
        "The database %(database)s is in use by %(count)s connections. Stop what uses it, or restore into "
        "another one."
    )


class DatabaseNotEmpty(Conflict):
    """`tables` is how many tables are there."""

    code = "backup.database_not_empty"
    sentence = _(
        "The database %(database)s is not empty: it holds %(tables)s tables. A restore makes a new database and "
        "replaces none; rename or remove the old one first."
    )


class ServerAway(Unavailable):
    code = "backup.server_away"
    sentence = _(
        "The server to restore into cannot be reached, or refuses this role. Check the address, the role and the "
        "password."
    )


class ServerOlder(Invalid):
    """Major versions of PostgreSQL."""

    code = "backup.server_older"
    sentence = _(
        "The set comes from PostgreSQL %(dumped)s and the server to restore into is %(server)s. Use a server of "
        "version %(dumped)s or newer."
    )


class ProgramOlder(Invalid):
    """`made` and `here` are versions of Tutela."""

    code = "backup.program_older"
    sentence = _(
        "The set was made by Tutela %(made)s, and this is the older %(here)s. Install that version first."
    )


class RoleMissing(Invalid):
    """`roles` are names of database roles."""

    code = "backup.role_missing"
    sentence = _(
        "The server lacks roles that the set grants rights to: %(roles)s. Create them first, or their tables lose "
        "all their grants. Nothing was restored."
    )


class RightMissing(Invalid):
    code = "backup.right_missing"
    sentence = _(
        "The role %(role)s may not create databases on this server. Use one that may create databases and roles."
    )


class NoRoom(Unavailable):
    """Megabytes."""

    code = "backup.no_room"
    sentence = _(
        "The restore needs about %(need)s MB and %(free)s MB are free. Make room; nothing was restored."
    )


class RestoreFailed(Unavailable):
    """`tool` is a program's name, `exit` its exit code, `why` what of its words is safe to show."""

    code = "backup.restore_failed"
    sentence = _(
        "%(tool)s ended with exit code %(exit)s while restoring. The new database is not used."
    )


class ToolNotStarted(Unavailable):
    """No verdict on the set."""

    code = "backup.tool_not_started"
    sentence = _("%(tool)s does not start on this machine (exit code %(exit)s).")


class ChecksFailed(Unavailable):
    """`checks` names what did not hold, by code."""

    code = "backup.checks_failed"
    sentence = _(
        "The restored database did not pass its checks (%(checks)s). It is not used; the old one stays as it is."
    )


class KeysSetMissing(Invalid):
    code = "backup.keys_set_missing"
    sentence = _(
        "No keys set of this installation from %(at)s or later is on the target. Without it no customer's record "
        "opens. Name another target that has one."
    )


class RootKeyMissing(Invalid):
    code = "backup.root_key_missing"
    sentence = _(
        "The root key file root.key is neither in the data directory nor in the keys set. Put it into the data "
        "directory first."
    )


class RootKeyForeign(Conflict):
    code = "backup.root_key_foreign"
    sentence = _(
        "The data directory holds the root key of another installation. Restore into an empty data directory."
    )


class IdentityMissing(Invalid):
    code = "backup.identity_missing"
    sentence = _(
        "None of the given keys opens this set. Use the key of operations, or the one in escrow."
    )


class IdentityUnreadable(Invalid):
    """`path` is the file's name without its folder."""

    code = "backup.identity_unreadable"
    sentence = _(
        "The file %(path)s holds no age identity: it is a line that begins with AGE-SECRET-KEY-1."
    )


class SetMissing(Invalid):
    code = "backup.set_missing"
    sentence = _(
        "The target has no complete set of this name. Names are listed by: tutela restore --list."
    )


class SetOfAnother(Conflict):
    code = "backup.set_of_another"
    sentence = _("The two sets are not of one installation. Nothing was restored.")


class BootFailed(Unavailable):
    """`step` names what did not answer."""

    code = "backup.boot_failed"
    sentence = _("Tutela did not start on the restored copy: %(step)s did not answer as it should.")


class BrokenBelieved(Unavailable):
    """No verdict on the copy: the checker itself failed."""

    code = "backup.broken_believed"
    sentence = _("A copy with one changed byte was not refused: the check of copies does not work.")


class JournalUnsigned(Invalid):
    code = "backup.journal_unsigned"
    sentence = _(
        "A journal of destructions on the target is not signed by the key that signed the set. It is not "
        "believed; ask who wrote it."
    )
