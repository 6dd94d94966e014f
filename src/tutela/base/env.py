"""Typed readers of the environment. A bad value stops the start with one sentence; a secret may also
come from the file that NAME_FILE names."""

import os
from pathlib import Path


class BadSetting(SystemExit):
    """A setting cannot be used; the text names it and says what would do."""

    def __init__(self, name: str, need: str) -> None:
        super().__init__(f"tutela: setting {name} {need}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def secret(name: str) -> str | None:
    """The value of NAME, or the first line of the file NAME_FILE; None when neither is set."""
    if name in os.environ:
        return os.environ[name]
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        raise BadSetting(f"{name}_FILE", f"names a file that cannot be read: {path}") from error


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(name, "must be true or false")


def number(name: str, default: int, least: int, most: int) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.lstrip("-").isascii() or not value.lstrip("-").isdigit():
        raise BadSetting(name, f"must be a whole number from {least} to {most}")
    if not least <= int(value) <= most:
        raise BadSetting(name, f"must be a whole number from {least} to {most}")
    return int(value)


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    value = os.environ.get(name, default)
    if value not in options:
        raise BadSetting(name, f"must be one of: {', '.join(options)}")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty entries."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().absolute()
