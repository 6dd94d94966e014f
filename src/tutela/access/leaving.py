"""What happens to a leaver's things in the rooms above: each declares what it takes out of their hands.

Called in the transaction that closes the account, so that an account is never closed by half.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from tutela.base.registry import Registry

from .grants import Grant

Release = Callable[[Grant, UUID], int]
"""Takes the grant by which the account is closed, and its id; how many things it released."""
RELEASES: Final = Registry[Release]("what leavers release")


def declare(name: str, release: Release) -> None:
    RELEASES.declare(name, release)


def release_all(grant: Grant, staff_id: UUID) -> int:
    """Take everything out of the leaver's hands; how many things."""
    return sum(release(grant, staff_id) for release in RELEASES.values())
