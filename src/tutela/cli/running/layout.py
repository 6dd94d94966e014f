"""Where things lie on this machine: the data directory, the database address, static files, logs.

Read by `settings.py`, so it imports no Django.
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
# For root, whose PostgreSQL runs as another account: places that this account can always reach.
SHARED = Path("/var/lib/tutela")
# sun_path holds 108 bytes; the socket's own name takes 20 of them.
SOCKET_FOLDER_LIMIT = 85


def home() -> Path:
    """The data directory (TUTELA_HOME, default ~/.tutela), made with mode 0700 when missing."""
    path = env.folder("TUTELA_HOME", Path("~/.tutela"))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        need, why = env.N_("cannot be made: %(path)s: %(why)s"), error.strerror
        raise env.BadSetting("TUTELA_HOME", need, path=path, why=why) from error
    return path


def write_once(path: Path, make: bytes) -> bytes:
    """The bytes of a private file that is made on first use; two processes at once agree on one."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        # Root may run this in a folder of another account, which could have laid a link there.
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
    """Signs sessions and links: TUTELA_SECRET_KEY, or 64 random characters kept in the data directory."""
    given = env.secret("TUTELA_SECRET_KEY")
    if given is not None and len(given) < 32:
        raise env.BadSetting("TUTELA_SECRET_KEY", env.N_("must have at least 32 characters"))
    return given or write_once(base / "session.key", secrets.token_hex(32).encode()).decode()


def tag(base: Path) -> str:
    """A short name of one data directory, for places outside it."""
    return sha256(str(base).encode()).hexdigest()[:12]


def socket_folder(base: Path) -> Path:
    """Where the embedded server's socket lies: in the data directory when the path is short enough and
    the server's account can go there."""
    inside, shared = base / "run", SHARED / f"run-{tag(base)}"
    if not passable(base) and (os.geteuid() == 0 or _is_ours(shared)):
        return shared
    if len(os.fsencode(inside)) <= SOCKET_FOLDER_LIMIT:
        return inside
    return Path("/tmp") / f"tutela-{os.getuid()}-{tag(base)}"  # noqa: S108 made 0700 and its owner checked


def passable(path: Path) -> bool:
    """Whether every account may pass through all folders above this one."""
    try:
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
    except OSError:
        return False


def _is_ours(folder: Path) -> bool:
    """Whether root has started us, as the account to which it gave this folder."""
    try:
        return folder.stat().st_uid == os.geteuid()
    except OSError:
        return False


def embedded() -> bool:
    """Whether Tutela runs its own PostgreSQL: when no address of another is given."""
    return not env.secret("TUTELA_DATABASE_URL")


def databases(base: Path) -> dict[str, dict[str, Any]]:
    """The same database twice: `default` for all work, `owner` for migrations."""
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
    """The parts of postgresql://user:password@host:port/database?option=value."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or len(parts.path) < 2:
        need = env.N_("must look like postgresql://user:password@host:5432/database")
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
    """Where `collectstatic` would write. Made here, because the server of static files warns without it."""
    path = REPOSITORY / "build" / "static"
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    return path


FRONT_END = {"tabler": "@tabler/core/dist", "htmx": "htmx.org/dist", "echarts": "echarts/dist"}


def front_end() -> list[tuple[str, str]]:
    """Style sheets and scripts from npm, served where they lie (`make setup` puts them there)."""
    modules = env.folder("TUTELA_NODE_MODULES", REPOSITORY / "node_modules")
    found = ((name, modules / path) for name, path in FRONT_END.items())
    return [(name, str(path)) for name, path in found if path.is_dir()]


def logging() -> dict[str, Any]:
    """Plain lines on standard error. Statements and parameters of SQL are never logged,
    and of an exception only its kind and place."""
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
            # It would repeat what a stranger sent, as often as it is sent.
            "django.security": {"level": "CRITICAL"},
            "tutela": {"level": env.text("TUTELA_LOG_LEVEL", "INFO")},
        },
    }
