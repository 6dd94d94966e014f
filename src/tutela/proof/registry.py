"""What holds proof: each room declares it in its `register.py`. A kind that nobody declared is not there."""

from collections.abc import Callable
from dataclasses import dataclass

from tutela.access.permission_specs import Permission
from tutela.base.actor import Actor
from tutela.base.registry import Registry

from .models import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """How a file is withdrawn: who may, the action of the room that asks and does it, and the page that
    lists the file."""

    permission: Permission
    act: Callable[[Actor, Attachment, str], Attachment]
    page: Callable[[Attachment], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Files of one kind of thing. `read`: who may open them. `withdrawal` is None where a file goes only
    with what it proves."""

    read: Permission
    withdrawal: Withdrawal | None = None


HOLDERS = Registry[Holder]("what holds proof")
"""By `Attachment.holder_kind`."""
