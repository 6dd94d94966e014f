"""The way out of the house: one message by mail or to a chat robot, through apprise.

A fault is a code, never the library's own text: that may hold an address or a secret.
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

# Chat robots only: no address that runs a program, sends a text message for money or writes a log.
ROBOTS: Final = frozenset(
    {
        "bark", "barks", "dingtalk", "discord", "feishu", "form", "forms", "gchat", "gotify",
        "gotifys", "json", "jsons", "lark", "matrix", "matrixs", "mmost", "mmosts", "nctalk",
        "nctalks", "ntfy", "ntfys", "rocket", "rockets", "schan", "slack", "synology", "synologys",
        "tgram", "wecombot", "workflow", "workflows", "xml", "xmls", "zulip",
    }
)  # fmt: skip
# Those whose address names a host that somebody chose; all others are at their maker's.
_HOSTED: Final = frozenset(
    {
        "bark", "barks", "form", "forms", "gotify", "gotifys", "json", "jsons", "matrix", "matrixs",
        "mmost", "mmosts", "nctalk", "nctalks", "ntfy", "ntfys", "rocket", "rockets", "synology",
        "synologys", "workflow", "workflows", "xml", "xmls",
    }
)  # fmt: skip
# Modes in which even these are at their maker's, and the host's place holds a topic or a token.
_MAKERS_OWN: Final = frozenset({"cloud", "t2bot"})
_UNREACHED: Final = re.compile(r"connection|timed? ?out|unreachable", re.IGNORECASE)
_log = logging.getLogger("tutela.notices")
_ADDRESSEES: Final = frozenset({"to", "cc", "bcc"})


class _Ear(logging.Handler):
    """Listens to the library during one send to tell a server that is away from one that says no."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.away = False

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING or "xception" in str(record.msg):
            self.away = self.away or bool(_UNREACHED.search(record.getMessage()))


def send_to_robot(address: str, title: str, body: str) -> str:
    """Send plain text to a chat robot, at a host that is open to robots; "" or the code of the fault."""
    with hosts.only_open_hosts() as watch:
        code = send(address, title, body)
    return HOST_CLOSED if code and watch.refused else code


def send(address: str, title: str, body: str) -> str:
    """Send plain text to an apprise address; "" when it was taken, else the code of the fault."""
    robot = _robot(address)
    if robot is None:
        return ADDRESS_UNREADABLE
    answers.read_answers()
    ear, log = _Ear(), _library_log()
    log.addHandler(ear)
    try:
        taken = bool(robot.notify(body=body, title=title, body_format="text"))
    except Exception as error:  # whatever a plugin breaks on, the message stays in the outbox
        _log.warning("a way out broke", extra={"error": type(error).__name__})
        taken = False
    finally:
        log.removeHandler(ear)
    if taken:
        return ""
    return NOT_REACHED if ear.away else NOT_TAKEN


def send_mail(server: str, recipient: str, title: str, body: str) -> str:
    """Send plain text to one person by the operator's server; as `send`."""
    try:
        address = mail_to(server, recipient)
    except ValueError:
        return ADDRESS_UNREADABLE
    return send(address, title, body)


def mail_to(server: str, recipient: str) -> str:
    """The operator's mail address with one person as the only addressee."""
    parts = urlsplit(server)
    kept = [pair for pair in parse_qsl(parts.query, True) if pair[0].lower() not in _ADDRESSEES]
    query = urlencode([*kept, ("to", recipient)], quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def service_of(address: str) -> str:
    """The name of the chat program a robot's address is of; AddressRefused, HostRefused."""
    robot = _robot(address)
    if robot is None or not ROBOTS & set(_schemes(robot)):
        raise AddressRefused
    chosen = _HOSTED & set(_schemes(robot)) and getattr(robot, "mode", "") not in _MAKERS_OWN
    if chosen and not hosts.is_open(str(robot.host)):
        raise HostRefused
    return str(robot.service_name)[:40]


def _robot(address: str) -> Any:
    """The library's object for an address, or None. What is no address at all is not handed over: the
    library names it in its log."""
    if "://" not in address:
        return None
    _library_log()  # before the library is loaded: it has things to say then
    import apprise

    made = apprise.Apprise.instantiate(address.strip(), suppress_exceptions=True)
    kept = vars(made).values() if made is not None else ()
    # A template of the message: a file of this machine, or one that the library fetches.
    files = [part for part in kept if isinstance(part, apprise.AppriseAttachment) and len(part)]
    return None if files else made


def _schemes(robot: Any) -> list[str]:
    named = (robot.protocol, robot.secure_protocol)
    return [one for each in named if each for one in ((each,) if isinstance(each, str) else each)]


def _library_log() -> logging.Logger:
    """The library writes people's addresses into its log lines: they end here."""
    log = logging.getLogger("apprise")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    log.setLevel(logging.DEBUG)
    return log
