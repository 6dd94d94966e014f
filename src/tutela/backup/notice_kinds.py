"""What backups tell people of: one that was missed, and one that failed."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, DAY, Group, Mail, NoticeKind

BACKUP_MISSED: Final = NoticeKind(
    "backup_missed",
    Group.SYSTEM,
    _("A backup was missed"),
    _("The backup planned for %(day)s did not start."),
    {"day": DAY},
    Mail.NOW,
)
BACKUP_FAILED: Final = NoticeKind(
    "backup_failed",
    Group.SYSTEM,
    _("A backup failed"),
    _("The backup of %(day)s failed: %(code)s."),
    {"day": DAY, "code": CODE},
    Mail.NOW,
)
BACKUP_TARGET_FAILED: Final = NoticeKind(
    "backup_target_failed",
    Group.SYSTEM,
    _("A backup target failed its test"),
    _("The backup target %(name)s failed its test: %(code)s."),
    {"name": CODE, "code": CODE},
    Mail.NOW,
)
BACKUP_DRILL_FAILED: Final = NoticeKind(
    "backup_drill_failed",
    Group.SYSTEM,
    _("A restore drill did not pass"),
    _("The restore drill of %(day)s did not pass: %(code)s."),
    {"day": DAY, "code": CODE},
    Mail.NOW,
)
BACKUP_COPY_BROKEN: Final = NoticeKind(
    "backup_copy_broken",
    Group.SYSTEM,
    _("A copy of a backup is broken"),
    _("A copy on the backup target %(name)s did not pass its verification: %(code)s."),
    {"name": CODE, "code": CODE},
    Mail.NOW,
)
BACKUP_CHANGE_WAITS: Final = NoticeKind(
    "backup_change_waits",
    Group.APPROVAL,
    _("A change of backups waits for approval"),
    _("A change of backups (%(kind)s) waits for a second person."),
    {"kind": CODE},
    Mail.NOW,
)
