"""Send one message by mail or to a chat robot, through apprise.

A fault is a code, never the library's own text, which may contain an address or a secret.
"""

import logging
import re
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from . import answers, hosts
from .errors import AddressRefused, HostRefused

NOT_SET: Final = "notices.mail_not_set"
NO_ADDRESS: Final = "notices.no_address"
ADDRESS_UNREADABLE: Final = "notices.address_unreadable"
NOT_REACHED: Final = "notices.not_reached"
NOT_TAKEN: Final = "notices.not_taken"
HOST_CLOSED: Final = HostRefused.code

# Chat robots only: no scheme that runs a program, sends paid text messages or writes logs.
ROBOTS: Final = frozenset(
    {
        "bark", "barks", "dingtalk", "discord", "feishu", "form", "forms", "gchat", "gotify",
        "gotifys", "json", "jsons", "lark", "matrix", "matrixs", "mmost", "mmosts", "nctalk",
        "nctalks", "ntfy", "ntfys", "rocket", "rockets", "schan", "slack", "synology", "synologys",
        "tgram", "wecombot", "workflow", "workflows", "xml", "xmls", "zulip",
    }
)  # fmt: skip
# Schemes whose address contains a host; the others are at their provider's fixed host.
_HOSTED: Final = frozenset(
    {
        "bark", "barks", "form", "forms", "gotify", "gotifys", "json", "jsons", "matrix", "matrixs",
        "mmost", "mmosts", "nctalk", "nctalks", "ntfy", "ntfys", "rocket", "rockets", "synology",
        "synologys", "workflow", "workflows", "xml", "xmls",
    }
)  # fmt: skip
# Modes of these schemes with a fixed host, where the host part is a topic or a token.
_FIXED_HOST_MODES: Final = frozenset({"cloud", "t2bot"})
_UNREACHED: Final = re.compile(r"connection|timed? ?out|unreachable", re.IGNORECASE)
_log = logging.getLogger("tutela.notices")
_ADDRESSEES: Final = frozenset({"to", "cc", "bcc"})


class _FaultHandler(logging.Handler):
    """Reads the library's log during one send, to distinguish an unreachable server from a refusal."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.unreachable = False

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING or "xception" in str(record.msg):
            self.unreachable |= bool(_UNREACHED.search(record.getMessage()))


def send_to_robot(address: str, title: str, body: str) -> str:
    """Send plain text to a chat robot at an allowed host; "" or the fault code."""
    with hosts.only_open_hosts() as watch:
        code = send(address, title, body)
    return HOST_CLOSED if code and watch.refused else code


def send(address: str, title: str, body: str) -> str:
    """Send plain text to an apprise address; "" if it was accepted, else the fault code."""
    robot = _robot(address)
    if robot is None:
        return ADDRESS_UNREADABLE
    answers.read_answers()
    faults, log = _FaultHandler(), _library_log()
    log.addHandler(faults)
    try:
        taken = bool(robot.notify(body=body, title=title, body_format="text"))
    except Exception as error:  # whatever a plugin raises, the message stays in the outbox
        _log.warning("sending failed", extra={"error": type(error).__name__})
        taken = False
    finally:
        log.removeHandler(faults)
    if taken:
        return ""
    return NOT_REACHED if faults.unreachable else NOT_TAKEN


def send_mail(server: str, recipient: str, title: str, body: str) -> str:
    """Send plain text to one person through the operator's server; returns as `send`."""
    try:
        address = mail_to(server, recipient)
    except ValueError:
        return ADDRESS_UNREADABLE
    return send(address, title, body)


def mail_to(server: str, recipient: str) -> str:
    """The operator's apprise address with this person as the only recipient."""
    parts = urlsplit(server)
    options = [pair for pair in parse_qsl(parts.query, True) if pair[0].lower() not in _ADDRESSEES]
    query = urlencode([*options, ("to", recipient)], quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def service_of(address: str) -> str:
    """The name of the chat service of an address; AddressRefused, HostRefused."""
    robot = _robot(address)
    if robot is None or not ROBOTS & set(_schemes(robot)):
        raise AddressRefused
    chosen = _HOSTED & set(_schemes(robot)) and getattr(robot, "mode", "") not in _FIXED_HOST_MODES
    if chosen and not hosts.is_open(str(robot.host)):
        raise HostRefused
    return str(robot.service_name)[:40]


def _robot(address: str) -> Any:
    """The library's object for an address, or None. Text without a scheme is not passed on, because the
    library logs it."""
    if "://" not in address:
        return None
    _library_log()  # the library logs while it is imported
    import apprise

    robot = apprise.Apprise.instantiate(address.strip(), suppress_exceptions=True)
    details = vars(robot).values() if robot is not None else ()
    # Attachments name a message template: a local file, or one the library downloads.
    files = [part for part in details if isinstance(part, apprise.AppriseAttachment) and len(part)]
    return None if files else robot


def _schemes(robot: Any) -> list[str]:
    named = (robot.protocol, robot.secure_protocol)
    return [
        scheme
        for entry in named
        if entry
        for scheme in ((entry,) if isinstance(entry, str) else entry)
    ]


def _library_log() -> logging.Logger:
    """The library's logger, cut off from ours because it logs addresses."""
    log = logging.getLogger("apprise")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    log.setLevel(logging.DEBUG)
    return log
