"""What posts may do with notices."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.access.permission_specs import Permission

CHANNEL_MANAGE: Final = Permission(
    "notices.channel.manage", _("Manage notice channels"), posts={"system_admin"}
)
"""Add, test and remove chat robots, test the mail server, see and retry the outbox."""
