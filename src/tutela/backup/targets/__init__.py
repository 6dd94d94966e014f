"""Places for copies, one file a kind of address."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from tutela.backup.errors import UrlWrong

from .local import LocalPlace
from .place import Place


def open_place(url: str, identity: str = "", credential: str = "") -> Place:  # noqa: ARG001 for addresses of other machines
    """The place that an address names. `identity` is the pinned host key or authority, `credential` the secret.
    UrlWrong, TargetGone, HostKeyChanged, TargetRefused."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or len(parts.path) < 2:
        raise UrlWrong
    return LocalPlace(Path(unquote(parts.path)))
