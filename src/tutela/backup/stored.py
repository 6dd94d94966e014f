"""Files of the data directory that belong to a set, beside the database.

A full set holds the sealed months of the trail and the marks of the signed tree; a keys set holds the sealed key
files and what TLS is served with. Uploads that are being read in are left out: they are sent again.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from tutela.trail.segments.places import working_folder

from .rules import Kind

KEY_FILES: Final = (
    "root.key",
    "session.key",
    "trail.key",
    "evidence.key",
    "backup.key",
    "trail.heads",
)
_SECRET: Final = (
    "IDENTITY",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "_URL",
    "_KEY",
    "CREDENTIAL",
)


def stored_files(kind: Kind) -> Iterator[tuple[str, Path]]:
    """Name below `files/`, and path, of each file of this kind of set that there is now."""
    home = Path(settings.TUTELA_HOME)
    if kind is Kind.KEYS:
        found = [(name, home / name) for name in KEY_FILES]
        found += [(f"tls/{path.name}", path) for path in sorted((home / "tls").glob("*"))]
    else:
        found = [
            ("trail.signed", Path(settings.TUTELA_TRAIL_SIGNED_FILE)),
            ("trail.policy", Path(settings.TUTELA_TRAIL_POLICY_FILE)),
        ]
        found += [
            (f"trail-segments/{path.name}", path)
            for path in sorted(working_folder().iterdir())
            if not path.name.endswith(".part")
        ]
    yield from ((name, path) for name, path in found if path.is_file())


def settings_text() -> bytes:
    """The settings of Tutela as JSON, those left out that are secret or hold one."""
    shown: dict[str, Any] = {}
    for name in sorted(dir(settings)):
        if name.startswith("TUTELA_") and not any(word in name for word in _SECRET):
            value = getattr(settings, name)
            shown[name] = value if isinstance(value, int | bool | None) else _words(value)
    shown["TIME_ZONE"] = settings.TIME_ZONE
    shown["ALLOWED_HOSTS"] = list(settings.ALLOWED_HOSTS)
    return json.dumps(shown, ensure_ascii=False, indent=1).encode()


def _words(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
