"""A chat robot cannot reach what only the server can reach, by address, name, redirect or second look."""

import importlib
import ipaddress
import json
import socket
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import override_settings

from tests.access import cast
from tests.notices import stage
from tests.notices.stage import reader
from tutela.notices import answers, boxes, hosts, sending
from tutela.notices.actions import channels
from tutela.notices.errors import HostRefused
from tutela.notices.models import Channel

pytestmark = pytest.mark.usefixtures("database")
GIVEN = {"name": "Room", "groups": ["work"], "language": "en"}
CLOSED = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a9fe:a9fe",
    "fd00:ec2::254",
]  # fmt: skip
OPEN = ["8.8.8.8", "119.29.29.29", "2400:3200::1", "::ffff:8.8.8.8"]


@pytest.fixture(scope="module")
def admin(database: str) -> cast.Member:
    return reader("system_admin")


@pytest.fixture(autouse=True)
def _empty(admin: cast.Member) -> None:
    for channel in Channel.objects.filter(is_active=True):
        channels.remove_channel(admin.actor, channel.pk)


@pytest.mark.parametrize("address", CLOSED)
def test_loopback_private_and_metadata_addresses_are_closed(address: str) -> None:
    """Of both families, and those that stand for one within the other."""
    assert not hosts.is_public(ipaddress.ip_address(address))
    assert not hosts.is_open(address)


@pytest.mark.parametrize("address", OPEN)
def test_public_addresses_are_open(address: str) -> None:
    """Where anybody's chat may be."""
    assert hosts.is_open(address)


@pytest.mark.parametrize("schema", sorted(sending._HOSTED))
def test_every_kind_of_robot_whose_host_is_chosen_is_checked_when_added(
    admin: cast.Member, schema: str
) -> None:
    """By address and by a name that leads to this machine."""
    rest = {
        "gotify": "/token", "ntfy": "/topic", "mmost": "/" + "a" * 24, "nctalk": "/room",
        "rocket": "/#room", "synology": "/token", "bark": "/key",
    }  # fmt: skip
    tail = next((text for name, text in rest.items() if schema.startswith(name)), "/x")
    user = "user:secret@" if schema[:6] in {"matrix", "nctalk", "rocket"} else ""
    for host in ("127.0.0.1", "localhost"):
        address = f"{schema}://{user}{host}{tail}"
        if schema.startswith("matrix"):
            address = f"{schema}://{user}{host}/#room"
        if schema.startswith("workflow"):
            address = f"{schema}://{host}:443/work/flow/sign"
        assert sending._robot(address) is not None, address
        with pytest.raises(HostRefused):
            channels.add_channel(admin.actor, address=address, **GIVEN)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001", "localhost."])
def test_other_spellings_of_this_machine_are_closed(host: str) -> None:
    """The resolver reads them all."""
    assert not hosts.is_open(host)


def test_a_name_that_leads_nowhere_is_refused() -> None:
    """It may lead home tomorrow."""
    assert not hosts.is_open("no-such-host.invalid")


def test_what_the_operator_lists_is_open(admin: cast.Member) -> None:
    """By address, network or name."""
    for listed in ("127.0.0.1", "127.0.0.0/8", "localhost"):
        with override_settings(TUTELA_NOTICE_HOSTS=[listed]):
            assert hosts.is_open("127.0.0.1"), listed
            assert not hosts.is_open("10.0.0.1")


def test_a_name_that_leads_home_only_later_is_refused_at_the_connection(
    admin: cast.Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was public when the robot was added; nothing reaches the house's own server."""
    with stage.chat() as room:
        port = room.server_port
        plain = socket.getaddrinfo

        def leading(address: str):
            return lambda _host, *rest, **named: plain(address, *rest, **named)

        with override_settings(TUTELA_NOTICE_HOSTS=[]):
            monkeypatch.setattr(socket, "getaddrinfo", leading("8.8.8.8"))
            address = f"json://chat.example:{port}/"
            made = channels.add_channel(admin.actor, address=address, **GIVEN)
            monkeypatch.setattr(socket, "getaddrinfo", leading("127.0.0.1"))
            assert channels.test_channel(admin.actor, made.pk) == sending.HOST_CLOSED
    assert room.asked == []


def test_a_redirect_into_the_house_is_not_followed(admin: cast.Member) -> None:
    """The first server is listed, the second is not."""
    with stage.chat() as first, stage.chat() as second:
        first.status, first.headers = 307, {"Location": f"http://127.0.0.2:{second.server_port}/"}
        with override_settings(TUTELA_NOTICE_HOSTS=["127.0.0.1"]):
            address = f"json://127.0.0.1:{first.server_port}/?redirect=yes"
            made = channels.add_channel(admin.actor, address=address, **GIVEN)
            assert channels.test_channel(admin.actor, made.pk) != ""
    assert len(first.asked) == 1
    assert second.asked == []


def test_the_operators_mail_server_may_be_anywhere(admin: cast.Member) -> None:
    """Its address is a setting, not typed on a page."""
    with stage.mail_server() as post, override_settings(TUTELA_NOTICE_HOSTS=[]):
        assert channels.test_mail(admin.actor) == ""
    assert len(post.mails) == 1


ANSWERS = [
    ("wecombot", "wecombot://some-robot-key", {"errcode": 0}, {"errcode": 93000}),
    ("dingtalk", "dingtalk://sometoken", {"errcode": 0}, {"errcode": 310000}),
    (
        "feishu",
        "feishu://sometoken",
        {"code": 0, "msg": "success"},
        {"code": 19024, "msg": "Key Words"},
    ),
    ("lark", "lark://sometoken", {"StatusCode": 0}, {"code": 19021, "msg": "sign match fail"}),
    ("serverchan", "schan://sometoken", {"code": 0}, {"code": 40001, "message": "bad key"}),
]


@pytest.mark.parametrize(("plugin", "service", "taken", "refused"), ANSWERS)
def test_a_chat_that_refuses_in_the_body_of_an_ok_has_not_taken_it(
    monkeypatch: pytest.MonkeyPatch,
    plugin: str,
    service: str,
    taken: dict[str, object],
    refused: dict[str, object],
) -> None:
    """Each says so in its own word; the library alone calls it sent."""
    answers.read_answers()
    module = importlib.import_module(f"apprise.plugins.{plugin}")
    with stage.chat() as room:
        inner, place = module.requests._library, f"http://127.0.0.1:{room.server_port}/send"
        monkeypatch.setattr(
            module.requests, "_library", SimpleNamespace(**_redirected(inner, place))
        )
        for body, code in ((taken, ""), (refused, sending.NOT_TAKEN)):
            room.answer = json.dumps(body).encode()
            assert sending.send_to_robot(service, "Title", "Body") == code
    assert len(room.said) == 2


@pytest.mark.parametrize(("plugin", "service"), [row[:2] for row in ANSWERS[:4]])
def test_an_answer_that_does_not_say_so_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, plugin: str, service: str
) -> None:
    """A proxy between shows its own page with HTTP 200."""
    answers.read_answers()
    module = importlib.import_module(f"apprise.plugins.{plugin}")
    with stage.chat() as room:
        inner, place = module.requests._library, f"http://127.0.0.1:{room.server_port}/send"
        monkeypatch.setattr(
            module.requests, "_library", SimpleNamespace(**_redirected(inner, place))
        )
        for answer in (b"<html>Sign in to the network</html>", b"{}", b"[0]"):
            room.answer = answer
            assert sending.send_to_robot(service, "Title", "Body") == sending.NOT_TAKEN


def _redirected(library: Any, place: str) -> dict[str, Any]:
    """The library of requests, whose posts all go to this place, where the server reads JSON."""

    def post(_url: str, *, data: Any, **options: Any) -> Any:
        text = json.dumps(data) if isinstance(data, dict) else data
        return library.post(place, data=text, **options)

    return {
        "post": post,
        "codes": library.codes,
        "RequestException": library.RequestException,
    }


def test_the_signature_of_dingtalk_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, as the library does, no server can check it."""
    from apprise.plugins.dingtalk import NotifyDingTalk

    with stage.chat() as room:
        place = f"http://127.0.0.1:{room.server_port}/send?access_token={{token}}"
        monkeypatch.setattr(NotifyDingTalk, "notify_url", place)
        sending.send_to_robot("dingtalk://secret@sometoken", "Title", "Body")
    (asked,) = room.asked
    assert "sign=" in asked
    assert "%25" not in asked


def test_a_stored_robot_from_before_is_checked_when_it_sends(admin: cast.Member) -> None:
    """An upgrade finds addresses that nobody checked."""
    with stage.chat() as room:
        made = channels.add_channel(admin.actor, address=room.address, **GIVEN)
        with override_settings(TUTELA_NOTICE_HOSTS=[]):
            assert channels.test_channel(admin.actor, made.pk) == sending.HOST_CLOSED
    assert boxes.opened(Channel.objects.get(pk=made.pk).sealed) == room.address
    assert room.asked == []
