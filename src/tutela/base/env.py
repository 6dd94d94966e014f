"""Typed readers of environment variables. A bad value stops the start with one sentence. A secret may also come
from the file that NAME_FILE names, or from the parent process in an anonymous file, whose descriptor number is
in the environment instead of the secret."""

import json
import os
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

Network = IPv4Network | IPv6Network

SECRETS = (
    "TUTELA_KEY_PASSPHRASE",
    "TUTELA_SECRET_KEY",
    "TUTELA_DATABASE_URL",
    "TUTELA_DATABASE_OWNER_URL",
    "TUTELA_MAIL_URL",
    "TUTELA_BACKUP_REPLICATION_URL",
    "TUTELA_NEW_PASSPHRASE",
    "TUTELA_AS_PASSWORD",
    "TUTELA_AS_CODE",
    "TUTELA_API_KEY",
    "TUTELA_BACKUP_CREDENTIAL",
)
HANDED = "TUTELA_HANDED_FILE"
HANDED_MARK = b"tutela 1\n"
_HANDED_BYTES = 64 * 1024


def N_(source: str) -> str:  # noqa: N802 the usual name of the marker for strings translated later
    return source


class BadSetting(SystemExit):
    """A setting is invalid; the text names it and what is required. The shell translates `need`, formatted with
    `facts`; elsewhere it is English."""

    def __init__(self, name: str, need: str, **facts: object) -> None:
        self.name, self.need, self.facts = name, need, facts
        super().__init__(f"tutela: setting {name} {need % facts}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def secret(name: str) -> str | None:
    """NAME from the environment, the parent process or the file NAME_FILE; None if there is none. BadSetting."""
    if name in os.environ:
        return os.environ[name]
    if name in _handed():
        return _handed()[name]
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        need = N_("names a file that cannot be read: %(path)s")
        raise BadSetting(f"{name}_FILE", need, path=path) from error


@cache
def _handed() -> dict[str, str]:
    """The secrets that the parent process passed on."""
    number = os.environ.get(HANDED)
    if number is None or not number.isdigit():
        return {}
    data = _read(int(number))
    if not data.startswith(HANDED_MARK):
        raise BadSetting(HANDED, N_("names a file that cannot be read: %(path)s"), path=number)
    return dict(json.loads(data.removeprefix(HANDED_MARK)))


def _read(number: int) -> bytes:
    """The content of an inherited file, or of the parent's if the descriptor was not inherited."""
    try:
        return os.pread(number, _HANDED_BYTES, 0)
    except OSError:
        try:
            return Path(f"/proc/{os.getppid()}/fd/{number}").read_bytes()
        except OSError:
            return b""


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(name, N_("must be true or false"))


def number(name: str, default: int, least: int, most: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and least <= int(value) <= most):
        need = N_("must be a whole number from %(least)s to %(most)s")
        raise BadSetting(name, need, least=least, most=most)
    return int(value)


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in options:
        raise BadSetting(name, N_("must be one of: %(options)s"), options=", ".join(options))
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().absolute()


def networks(name: str) -> list[Network]:
    """A comma-separated list of addresses and networks such as 10.0.0.0/8; BadSetting."""
    try:
        return [ip_network(word) for word in words(name)]
    except ValueError as error:
        raise BadSetting(
            name, N_("must be addresses or networks, for example 10.0.0.5, 10.1.0.0/16")
        ) from error
