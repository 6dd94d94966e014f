"""The verbs of `api/direct.py` answer as by the general way: each byte, each header, each leaf, for good and bad."""

import json
import re
from dataclasses import astuple, dataclass, field
from io import BytesIO
from typing import Any, get_type_hints
from uuid import uuid4

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.api.stage import NAME, PHONE, Stage, id_number
from tutela.access.actions.keys import create_api_key, revoke_api_key
from tutela.access.models import Staff
from tutela.api import customers, direct
from tutela.api.bearer import failures
from tutela.api.frame import ADDRESS, VERBS
from tutela.base.actor import SYSTEM
from tutela.trail import queries

HEAD = {
    "REQUEST_METHOD": "POST", "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": "localhost",
    "SERVER_PORT": "8443", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "192.0.2.7",
    "wsgi.url_scheme": "https", "wsgi.version": (1, 0), "wsgi.multithread": True,
    "wsgi.multiprocess": True, "wsgi.run_once": False,
    "HTTP_HOST": "localhost", "HTTP_ACCEPT_LANGUAGE": "en", "CONTENT_TYPE": "application/json",
}  # fmt: skip
NEVER_ALIKE = re.compile(rb'"(leaf_id|until)":"[^"]*"')
"""In an answer: the id of its leaf and the moment."""
STRANGE: list[Any] = [
    None,
    "",
    " ",
    5,
    True,
    [],
    {},
    ["phone"],
    {"a": 1},
    "x" * 501,
    "\0",
    "…",
    NAME,
]
"""In the place of any part of a body."""


@dataclass(frozen=True)
class Said:
    """What came of a request."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    leaves: list[tuple[Any, ...]]


@dataclass
class Way:
    """One way to an answer. `general` counts the requests that Django's handler saw."""

    general: int = 0
    handler: WSGIHandler = field(default_factory=WSGIHandler)

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        self.general += 1
        return self.handler(environ, start)


@pytest.fixture(scope="module")
def way() -> Way:
    return Way()


@pytest.fixture(scope="module")
def straight(stage: Stage, way: Way) -> direct.Direct:
    """The direct way, which has seen each verb answered once in both languages."""
    made = direct.Direct(way)
    for name in VERBS_HERE:
        for language in ("en", "zh-CN"):
            path, body = good(stage, name)
            ask(made, stage.partner.key, path, body, {"HTTP_ACCEPT_LANGUAGE": language})
    return made


OWN = {
    "PATH_INFO", "CONTENT_LENGTH", "HTTP_AUTHORIZATION", "REMOTE_ADDR", "wsgi.input", direct.SETTLED,
}  # fmt: skip
"""What differs between requests that are alike, and is looked at each time."""
VERBS_HERE = [function.__name__ for function in direct.FUNCTIONS]


def good(stage: Stage, name: str) -> tuple[str, dict[str, Any]]:
    """A request of a verb that is granted."""
    asked = {
        "find_customers": {"by": "phone", "value": PHONE, "purpose": "service"},
        "reveal_fields": {
            "fields": ["phone", "name"], "purpose": "service", "work_item": stage.work_item,
            "reason": "called back", "record_id": stage.record,
        },
    }  # fmt: skip
    return VERBS[name].path.replace("{uuid:customer_id}", stage.customer), asked[name]


def ask(
    application: Any, key: str, path: str, body: Any, head: dict[str, Any] | None = None
) -> Said:
    """Send one request, and read the leaves it left."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    environ = {
        **HEAD, "PATH_INFO": f"{ADDRESS}{path}", "CONTENT_LENGTH": str(len(sent)),
        "HTTP_AUTHORIZATION": f"Bearer {key}", "wsgi.input": BytesIO(sent), "wsgi.errors": BytesIO(),
        **(head or {}),
    }  # fmt: skip
    before = {row.id for row in queries.leaves(limit=200)}
    started: list[Any] = []
    answer = application(
        {name: value for name, value in environ.items() if value is not None},
        lambda status, headers, *rest: started.append((status, headers)),
    )
    told = b"".join(answer)
    answer.close()
    leaves = [row for row in queries.leaves(limit=200) if row.id not in before]
    ((status, headers),) = started
    return Said(status, headers, NEVER_ALIKE.sub(rb'"\1":""', told), [_leaf(row) for row in leaves])


def _leaf(row: queries.LeafRow) -> tuple[Any, ...]:
    """All but what is of the moment: id, time, the sealed note (but not whether there is one), the quota that is left."""
    decision = {name: value for name, value in row.decision.items() if name != "quota_left"}
    return (*astuple(row)[2:-4], decision, row.detail, bool(row.note), row.broken)


def cases(name: str) -> dict[str, tuple[Any, dict[str, Any]]]:
    """Bodies and heads by what is wrong with them, made from the verb's own description."""
    shape = get_type_hints(VERBS[name].function)["body"]
    made: dict[str, tuple[Any, dict[str, Any]]] = {"good": ({}, {})}
    for part in shape.model_fields:
        made[f"without {part}"] = ({part: ...}, {})
        for number, value in enumerate(STRANGE):
            made[f"{part}: strange {number}"] = ({part: value}, {})
    made["one part more"] = ({"zhangjinsique": 1}, {})
    for text in ("id_number", "name", "gender", "phone_last4", "zhangjinsique", "id_number_last4"):
        made[f"field {text}"] = (
            {"by": text} if "by" in shape.model_fields else {"fields": [text]},
            {},
        )
    for purpose in ("claims", "audit", "marketing", "administration"):
        made[f"for {purpose}"] = ({"purpose": purpose}, {})
    for value in (
        id_number(1),
        PHONE[:-1] + "8",
        "+86 " + PHONE,
        PHONE[-4:],
        "１３８００１３８０１７",
    ):
        made[f"value {value}"] = (
            {"value": value} if "value" in shape.model_fields else {"work_item": value},
            {},
        )
    made["nobody's record"] = ({"record_id": str(uuid4())}, {})
    for text in (b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe\x00", b"[" * 100_000, b'{"by":NaN}',
                 b'{"by":"a","by":"a"}', b" " * 70_000):  # fmt: skip
        made[f"raw {text[:12]!r}"] = (text, {})
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        made[f"in {encoding}"] = (encoding, {})
    return made | heads()


def heads() -> dict[str, tuple[Any, dict[str, Any]]]:
    """Requests that differ in another thing than the body."""
    return {
        f"{name}: {value!r}"[:60]: ({}, {name: value})
        for name, values in {
            "HTTP_ACCEPT_LANGUAGE": ("zh-CN,zh;q=0.9", "de", "", "en\0", "x" * 5000, None),
            "HTTP_HOST": ("evil.example", "localhost:8443", "127.0.0.1", "[::1]", "", "local host"),
            "HTTP_AUTHORIZATION": (
                "", "Bearer", "Basic x", "bearer x", "Bearer ключ", "Bearer ttk_0123456789abcdef_" + "0" * 64,
                None,
            ),
            "REQUEST_METHOD": ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post", "TRACE"),
            "QUERY_STRING": ("a=1", "purpose=service", "a=%00", "&"),
            "CONTENT_TYPE": ("", "text/plain", "application/json; charset=gbk", None, "multipart/form-data"),
            "CONTENT_LENGTH": ("0", "", "5", "-1", "x", None),
            "HTTP_COOKIE": ("__Host-tutela-session=1", "tutela-language=en"),
            "HTTP_X_FORWARDED_FOR": ("198.51.100.9",),
            "HTTP_ACCEPT_ENCODING": ("gzip",),
            "HTTP_ORIGIN": ("https://evil.example",),
            "wsgi.url_scheme": ("http",),
            "SCRIPT_NAME": ("/x",),
        }.items()
        for value in values
    }  # fmt: skip


def body_of(stage: Stage, name: str, change: Any) -> Any:
    _, body = good(stage, name)
    if isinstance(change, bytes):
        return change
    if isinstance(change, str):
        return json.dumps(body).encode(change)
    return {part: value for part, value in {**body, **change}.items() if value is not ...}


CASES = [(name, case) for name in VERBS_HERE for case in cases(name)]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_both_ways_answer_alike(
    stage: Stage, straight: direct.Direct, way: Way, name: str, case: str
):
    """Status, headers in their order, body, leaves."""
    change, head = cases(name)[case]
    path, _ = good(stage, name)
    told = []
    for application in (straight, way):
        failures.clear()
        told.append(ask(application, stage.partner.key, path, body_of(stage, name, change), head))
    assert told[0] == told[1]


@pytest.mark.parametrize("name", VERBS_HERE)
@pytest.mark.parametrize("who", ["machine", "partner", "clerk"])
def test_everybody_is_told_the_same_by_both_ways(
    stage: Stage, straight: direct.Direct, way: Way, name: str, who: str
):
    """Who may, who may not, and a person, whose key is none for this door."""
    path, body = good(stage, name)
    key = getattr(stage, who).key
    assert ask(straight, key, path, body) == ask(way, key, path, body)


@pytest.mark.parametrize("name", VERBS_HERE)
def test_addresses_that_are_none_are_told_the_same_by_both_ways(
    stage: Stage, straight: direct.Direct, way: Way, name: str
):
    """Of nobody, in capitals, with another slash or a NUL."""
    path, body = good(stage, name)
    for other in (
        path.replace(stage.customer, str(uuid4())), path.replace(stage.customer, stage.customer.upper()),
        path + "/", "/" + path, path + "\0", path + "x", path.replace(stage.customer, "x"),
    ):  # fmt: skip
        told = ask(straight, stage.partner.key, other, body)
        assert told == ask(way, stage.partner.key, other, body)


@pytest.mark.parametrize("name", VERBS_HERE)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_is_granted_does_not_reach_the_general_handler(
    stage: Stage, straight: direct.Direct, way: Way, name: str, language: str
):
    """Else the two would be alike for want of a second way."""
    path, body = good(stage, name)
    before = way.general
    told = ask(straight, stage.partner.key, path, body, {"HTTP_ACCEPT_LANGUAGE": language})
    assert (told.status, way.general) == ("200 OK", before)
    assert len(told.leaves) == 1


def test_a_refusal_of_the_verb_runs_it_once(stage: Stage, straight: direct.Direct, monkeypatch):
    """The general way tells it and traces it, and asks nothing again."""
    seen = []
    reveal = customers.reveal.reveal

    def counted(*given, **named):
        seen.append(given)
        return reveal(*given, **named)

    monkeypatch.setattr(customers.reveal, "reveal", counted)
    path, body = good(stage, "reveal_fields")
    nobody = path.replace(stage.customer, str(uuid4()))
    told = ask(straight, stage.partner.key, nobody, body)
    assert told.status.startswith("404")
    assert len(seen) == len(told.leaves) == 1


def test_a_fault_of_ours_shows_nothing(stage: Stage, straight: direct.Direct, monkeypatch, caplog):
    """500 with a code, by either way."""

    def broken(*_: object) -> None:
        raise RuntimeError(PHONE)

    monkeypatch.setattr(customers.answers, "customer", broken)
    path, body = good(stage, "find_customers")
    told = ask(straight, stage.partner.key, path, body)
    assert told.status.startswith("500")
    assert PHONE not in told.body.decode() + caplog.text


def test_a_key_that_is_revoked_is_refused_at_once(stage: Stage, straight: direct.Direct):
    """However often it was good."""
    row, key = create_api_key(SYSTEM, Staff.objects.get(id=stage.partner.actor.id), label="short")
    path, body = good(stage, "find_customers")
    assert ask(straight, key, path, body).status == "200 OK"
    revoke_api_key(SYSTEM, row.id)
    assert ask(straight, key, path, body).status.startswith("401")


class Read(dict[str, Any]):
    """An environment that notes what is read of it."""

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)
        self.names: set[Any] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(name)
        return super().__contains__(name)

    def items(self) -> Any:
        self.names.add("everything")
        return super().items()

    __iter__ = keys = values = items


@pytest.mark.parametrize("name", VERBS_HERE)
def test_the_general_way_reads_nothing_else(stage: Stage, way: Way, name: str):
    """Headers are remembered for requests that are alike in what is read: this is all that is read."""
    seen: list[Read] = []

    def reading(environ: dict[str, Any], start: Any) -> Any:
        seen.append(Read(environ))
        return way(seen[-1], start)

    path, body = good(stage, name)
    for host in ("localhost", None):
        told = ask(reading, stage.partner.key, path, body, {"HTTP_HOST": host})
        assert told.status == "200 OK"
    assert set().union(*(one.names for one in seen)) - OWN == {*direct.READ}


def test_many_kinds_of_requests_do_not_fill_the_memory(stage: Stage, way: Way, monkeypatch):
    """A program that asks in ever other languages is answered, and remembered no further."""
    monkeypatch.setattr(direct, "KINDS", 3)
    made = direct.Direct(way)
    path, body = good(stage, "find_customers")
    for number in range(8):
        head = {"HTTP_ACCEPT_LANGUAGE": f"en;q=0.{number + 1}"}
        assert ask(made, stage.partner.key, path, body, head).status == "200 OK"
        assert len(made._kinds) <= 3
