"""Addresses of targets: which kind, where, and never a password in them."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tutela.backup.rules import Lock

from .errors import AddressPlain, AddressWrong, SchemeUnknown

FORMS: Final = {
    "file": "file:///FOLDER",
    "sftp": "sftp://USER@HOST/FOLDER",
    "s3": "s3://HOST/BUCKET/FOLDER?region=REGION&lock=compliance&days=35",
    "webdav": "webdav://HOST/FOLDER",
}
"""By kind, how its addresses are written. `s3+http` and `webdav+http` are for this machine alone."""
_QUERY: Final = {"s3": {"region", "style", "lock", "days"}}
MOST_LOCK_DAYS: Final = 3_660
_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Retention:
    """An object lock that new files are given: GOVERNANCE or COMPLIANCE, for so many days."""

    kind: Lock
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A target's address in parts. `folder` has no slash at its end; `options` are those of an S3 address."""

    kind: str
    is_tls: bool = True
    host: str = ""
    port: int | None = None
    user: str = ""
    folder: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def web(self) -> str:
        """Scheme, host and port as a browser writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"{'https' if self.is_tls else 'http'}://{host}{port}"

    @property
    def retention(self) -> Retention | None:
        """The lock that the address asks for."""
        told = dict(self.options)
        return Retention(Lock(told["lock"]), int(told["days"])) if "lock" in told else None

    @property
    def label(self) -> str:
        """Without credentials and options, for sentences."""
        user = f"{self.user}@" if self.user else ""
        return (
            f"{self.kind}://{user}{self.web.partition('//')[2] if self.host else ''}{self.folder}"
        )


def read_address(url: str) -> Address:
    """The parts of an address. SchemeUnknown, AddressWrong, AddressPlain."""
    text = url.strip()
    if text.startswith("/"):
        text = f"file://{text}"
    scheme = text.partition(":")[0].lower()
    kind, _, plain = scheme.partition("+")
    if kind not in FORMS or plain not in {"", "http"} or (plain and kind not in {"s3", "webdav"}):
        raise SchemeUnknown(kinds=" ".join(FORMS))
    form = FORMS[kind]
    if len(text) > _LENGTH or not text.isprintable() or "\\" in text:
        raise AddressWrong(form=form)
    try:
        parts = urlsplit(text)
        address = _checked(kind, parts, is_tls=not plain)
    except (ValueError, KeyError):
        raise AddressWrong(form=form) from None
    if plain and not _is_this_machine(address.host):
        raise AddressPlain
    return address


def _checked(kind: str, parts: SplitResult, *, is_tls: bool) -> Address:
    """ValueError for an address that is not of its form."""
    folder = unquote(parts.path).rstrip("/")
    options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    steps = PurePosixPath(folder).parts
    user = unquote(parts.username or "")
    wrong = (
        parts.password is not None,
        bool(parts.fragment),
        not set(options) <= _QUERY.get(kind, set()),
        any(step in {".", ".."} for step in folder.split("/")),
        bool(parts.hostname) == (kind == "file"),
        bool(user) != (kind == "sftp"),
        not folder.isprintable() or "//" in folder,
        kind == "s3" and len(steps) < 2,
        kind in {"file", "sftp"} and not folder,
        options.get("style", "path") not in {"path", "virtual"},
        not _is_lock(options.get("lock"), options.get("days")),
    )
    if any(wrong):
        raise ValueError(kind)
    return Address(
        kind=kind,
        is_tls=is_tls,
        host=parts.hostname or "",
        port=parts.port,
        user=user,
        folder=folder,
        options=tuple(sorted(options.items())),
    )


def _is_lock(kind: str | None, days: str | None) -> bool:
    """Both or none; a kind of object lock, and days that are a number."""
    if kind is None or days is None:
        return kind is days
    is_number = days.isascii() and days.isdigit() and len(days) <= 4
    return (
        kind in {Lock.GOVERNANCE, Lock.COMPLIANCE}
        and is_number
        and 1 <= int(days) <= MOST_LOCK_DAYS
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
