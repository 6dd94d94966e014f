"""From a target's row to the place that it names."""

from typing import Final

from django.conf import settings

from tutela.keys import custody

from .models import Target
from .targets import open_place
from .targets.place import Place

CREDENTIAL: Final = "backup.target"
"""The label under which `keys` seals a target's credential."""


def open_target(target: Target) -> Place:
    """The place of a target, with its pinned identity and its opened credential. TargetGone, HostKeyChanged,
    TargetRefused, KeyDamaged."""
    sealed = target.credential_sealed
    credential = custody.open_secret(CREDENTIAL, bytes(sealed)).decode() if sealed else ""
    return open_place(target.url, target.identity, credential, beside=settings.TUTELA_HOME)
