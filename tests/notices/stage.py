"""Real servers that messages are sent to: an SMTP server and an HTTP server that plays a chat."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

from tests.access import cast
from tutela.notices.models import Channel, Delivery, Notice


class Post:
    """An SMTP server's handler that keeps what it is given; `refused` names addresses it turns away."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], Any]] = []
        self.refused: set[str] = set()

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any
    ) -> str:
        if to in self.refused:
            return "550 no such address"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((list(envelope.rcpt_tos), mail))
        return "250 OK"

    def texts(self) -> list[str]:
        """Title and text of every mail."""
        return [
            f"{mail['subject']}\n{mail.get_body(('plain', 'html')).get_content()}"
            for _to, mail in self.mails
        ]

    def to(self) -> list[str]:
        return [address for to, _mail in self.mails for address in to]


@contextmanager
def mail_server(port: int = 0) -> Iterator[Post]:
    """A mail server that runs, and the setting that names it."""
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=port or free_port())
    server.start()
    try:
        with override_settings(TUTELA_MAIL_URL=mail_url(server.port)):
            yield post
    finally:
        server.stop()


def mail_url(port: int) -> str:
    return f"mailto://127.0.0.1:{port}?from=tutela@example.test&mode=insecure"


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Chat(ThreadingHTTPServer):
    """A chat that keeps what robots write; `status` is what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.said: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.status = 200
        self.answer = b""
        self.headers: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/room?secret=canary-of-the-robot"


class _Door(BaseHTTPRequestHandler):
    server: Chat

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == 200:
            self.server.said.append(json.loads(body))
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@contextmanager
def chat() -> Iterator[Chat]:
    """A chat that runs."""
    with Chat() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            # A chat of the house's own, as the operator lists it.
            with override_settings(TUTELA_NOTICE_HOSTS=["127.0.0.1"]):
                yield server
        finally:
            server.shutdown()
            thread.join()


def reader(post: str = "service_agent", **facts: Any) -> cast.Member:
    """A person with an address, so that mail can reach them."""
    member = cast.hire(post, email="placeholder@example.test", **facts)
    member.staff.email = f"{member.staff.login}@example.test"
    member.staff.save(update_fields=["email"])
    return member


def inbox(member: cast.Member) -> list[Notice]:
    return list(Notice.objects.filter(recipient=member.staff).order_by("created_at"))


def outbox(member: cast.Member) -> list[Delivery]:
    return list(Delivery.objects.filter(notice__recipient=member.staff).order_by("id"))


def settle_all() -> None:
    """Nothing of an earlier test is left to be sent, and none of its robots, whose server is gone, is told."""
    Delivery.objects.filter(state="waiting").update(state="unneeded")
    Channel.objects.update(is_active=False)
