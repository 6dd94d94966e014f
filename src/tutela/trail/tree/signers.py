"""Who signs the tree. The rooms that hold keys declare their signers at start; a setting names which are used.

Each signs the text of a checkpoint under the tree's origin and returns one signature line of a C2SP signed note.
"""

from collections.abc import Callable
from typing import Final, Protocol

from django.conf import settings

from tutela.base.registry import Registry


class Signer(Protocol):
    """One kind of signature with the installation's key of the log."""

    def line(self, text: str, origin: str) -> str:
        """The signature line of a checkpoint's text, with its newline. Raises the Unavailable error of the key."""
        ...

    def vkey(self, origin: str) -> str:
        """The public key in the form of C2SP: name, key id, type and key."""
        ...


SIGNERS: Final = Registry[Signer]("signers of the tree")
_INSTALLATION: Final = Registry[Callable[[], bytes]]("installation of the tree")


def declare(name: str, signer: Signer) -> None:
    """Add a signer under the name that TUTELA_TRAIL_SIGNERS uses."""
    SIGNERS.declare(name, signer)


def declare_installation(identity: Callable[[], bytes]) -> None:
    """Say who knows the 16-byte id of the installation."""
    _INSTALLATION.declare("id", identity)


def origin(epoch: int) -> str:
    """The origin of an epoch's tree, which is also the name of its keys."""
    return f"tutela/{_INSTALLATION['id']().hex()}/trail/{epoch}"


def vkeys(origin: str) -> list[str]:
    """The public keys of the signers in use."""
    return [SIGNERS[name].vkey(origin) for name in settings.TUTELA_TRAIL_SIGNERS]


def sign(text: str, origin: str) -> str:
    """The signed note: the text, a blank line, and a line of each signer in use."""
    lines = [SIGNERS[name].line(text, origin) for name in settings.TUTELA_TRAIL_SIGNERS]
    return text + "\n" + "".join(lines)
