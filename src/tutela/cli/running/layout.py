"""Paths and addresses on this machine: data directory, databases, static files, logging.

Imported by `settings.py`, so it must not import Django.
"""

import contextlib
import os
import secrets
import stat
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tutela.base import env

DATABASE = "tutela"
APP, OWNER, AUDITOR = "tutela_app", "tutela_owner", "tutela_auditor"
REPOSITORY = Path(__file__).parents[4]
# Under root: a folder that PostgreSQL's unprivileged account can always reach.
SHARED = Path("/var/lib/tutela")
# sun_path has 108 bytes, of which the socket's name needs 20.
SOCKET_FOLDER_LIMIT = 85


def home() -> Path:
    """The data directory (TUTELA_HOME, default ~/.tutela), created with mode 0700 if missing. BadSetting."""
    path = env.folder("TUTELA_HOME", Path("~/.tutela"))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        need, why = env.N_("cannot be created: %(path)s: %(why)s"), error.strerror
        raise env.BadSetting("TUTELA_HOME", need, path=path, why=why) from error
    return path


def write_once(path: Path, make: bytes) -> bytes:
    """The content of a private file, created with `make` if missing; concurrent processes get the same."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        # Root may run this in a folder of another account, which could have put a symbolic link there.
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
            file.write(make)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def session_secret(base: Path) -> str:
    """Django's SECRET_KEY: TUTELA_SECRET_KEY, or 64 random characters stored in the data directory."""
    secret = env.secret("TUTELA_SECRET_KEY")
    if secret is not None and len(secret) < 32:
        raise env.BadSetting("TUTELA_SECRET_KEY", env.N_("must have at least 32 characters"))
    return secret or write_once(base / "session.key", secrets.token_hex(32).encode()).decode()


def tag(base: Path) -> str:
    """A short identifier of a data directory, for paths outside it."""
    return sha256(str(base).encode()).hexdigest()[:12]


def socket_folder(base: Path) -> Path:
    """The folder of the embedded server's socket: in the data directory if the path is short enough and the
    server's account can reach it."""
    inside, shared = base / "run", SHARED / f"run-{tag(base)}"
    if not passable(base) and (os.geteuid() == 0 or _is_ours(shared)):
        return shared
    if len(os.fsencode(inside)) <= SOCKET_FOLDER_LIMIT:
        return inside
    return Path("/tmp") / f"tutela-{os.getuid()}-{tag(base)}"  # noqa: S108 made 0700 and its owner checked


def passable(path: Path) -> bool:
    """Whether all parent folders are executable for every account."""
    try:
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    except OSError:
        return False


def _is_ours(folder: Path) -> bool:
    """Whether this process owns the folder: root has started it as the account it gave the folder to."""
    try:
        return folder.stat().st_uid == os.geteuid()
    except OSError:
        return False


def embedded() -> bool:
    """Whether Tutela runs its own PostgreSQL, i.e. TUTELA_DATABASE_URL is not set."""
    return not env.secret("TUTELA_DATABASE_URL")


def databases(base: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: the same database as `default`, and as `owner` for migrations. BadSetting."""
    if embedded():
        name = env.text("TUTELA_DATABASE_NAME", DATABASE)
        place = {"HOST": str(socket_folder(base)), "PORT": "5432", "NAME": name}
        return {
            "default": _entry({**place, "USER": APP}),
            "owner": _entry({**place, "USER": OWNER}),
        }
    url = env.secret("TUTELA_DATABASE_URL") or ""
    owner = env.secret("TUTELA_DATABASE_OWNER_URL") or url
    return {
        "default": _entry(parse(url, "TUTELA_DATABASE_URL")),
        "owner": _entry(parse(owner, "TUTELA_DATABASE_OWNER_URL")),
    }


def parse(url: str, name: str) -> dict[str, Any]:
    """Parse postgresql://user:password@host:port/database?option=value; BadSetting with `name`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        need = env.N_("must have the form postgresql://user:password@host:5432/database")
        raise env.BadSetting(name, need)
    return {
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or 5432),
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _entry(place: dict[str, Any]) -> dict[str, Any]:
    options = {"connect_timeout": 5, "application_name": "tutela", **place.pop("OPTIONS", {})}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **place,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": place["NAME"]},
    }


def static_root() -> Path:
    """STATIC_ROOT, created because the static file server warns if it is missing."""
    path = REPOSITORY / "build" / "static"
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    return path


FRONT_END = {"tabler": "@tabler/core/dist", "htmx": "htmx.org/dist"}


def front_end() -> list[tuple[str, str]]:
    """(prefix, path) of the npm packages with style sheets and scripts, installed by `make setup`."""
    modules = env.folder("TUTELA_NODE_MODULES", REPOSITORY / "node_modules")
    folders = ((name, modules / path) for name, path in FRONT_END.items())
    return [(name, str(path)) for name, path in folders if path.is_dir()]


def logging() -> dict[str, Any]:
    """Django's LOGGING: lines on standard error, without SQL; of an exception only its type and origin."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "tutela.cli.running.lines.Lines",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": env.text("TUTELA_LOG_LEVEL", "WARNING")},
        "loggers": {
            "django.db.backends": {"level": "ERROR"},
            "django.request": {"level": "CRITICAL"},
            # It logs parts of unauthenticated requests, without a limit.
            "django.security": {"level": "CRITICAL"},
            "tutela": {"level": env.text("TUTELA_LOG_LEVEL", "INFO")},
        },
    }
