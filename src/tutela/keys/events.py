"""The events of custody."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, HASH, Detail
from tutela.trail.event_specs import EventSpec

_COMMITMENT: Final = Detail("commitment", HASH, _("Key commitment"))
_KEK: Final = Detail("kek", COUNT, _("Key-encryption key"))
_LOCKED: Final = Detail("locked", COUNT, _("Passphrase protection"))
_PROVIDER: Final = Detail("provider", CODE, _("Root key custody"))
_SUITE: Final = Detail("suite", COUNT, _("Cipher suite"))

_KEY_DETAILS: Final = (_KEK, details.VERSION, _SUITE, _PROVIDER, details.NAME, _LOCKED, _COMMITMENT)

INDEX_ROOT_CREATED: Final = EventSpec(
    "keys.index_root.created", _("Index root created"), _KEY_DETAILS
)
"""The root key of the blind index was created."""
KEK_CREATED: Final = EventSpec("keys.kek.created", _("Key-encryption key created"), _KEY_DETAILS)
"""A key-encryption key was created."""
KEK_REWRAPPED: Final = EventSpec("keys.kek.rewrapped", _("Keys rewrapped"), _KEY_DETAILS)
"""Key-encryption keys were wrapped under another root key or passphrase."""
ROOT_KEY_CREATED: Final = EventSpec("keys.root_key.created", _("Root key created"), _KEY_DETAILS)
"""The installation's root key was created."""
ROOT_KEY_LOCKED: Final = EventSpec("keys.root_key.locked", _("Root key locked"), _KEY_DETAILS)
"""The root key file was locked with a passphrase."""
SIDE_ROOT_CREATED: Final = EventSpec(
    "keys.side_root.created", _("Secret root created"), _KEY_DETAILS
)
"""A root key for notes or secrets of the installation was created."""
