"""Real servers for copies, started by a test: OpenSSH's SFTP, WebDAV over TLS, S3-compatible storage."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3

from tests.needs import missing
from tutela.backup.targets import Place, open_place

SSHD = "/usr/sbin/sshd"
USER = os.environ.get("USER") or "root"
WORD = "a-password-of-the-test"


def free_port() -> int:
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        return int(ear.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody listens; a server that does not start ends the test."""
    for _turn in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("the server did not start")


def run(*words: str, **told: Any) -> None:
    subprocess.run(words, check=True, capture_output=True, **told)


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@dataclass
class SftpServer:
    """An sshd of the test. `store` is the folder of the copies, `key` the private half that may sign in."""

    base: Path
    port: int = field(default_factory=free_port)
    extra: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def store(self) -> Path:
        return self.base / "store"

    @property
    def key(self) -> str:
        return (self.base / "person").read_text()

    @property
    def host_key(self) -> str:
        return " ".join((self.base / "host.pub").read_text().split()[:2])

    @property
    def url(self) -> str:
        return f"sftp://{_me()}@127.0.0.1:{self.port}{self.store}"

    def prepare(self) -> None:
        self.store.mkdir(parents=True)
        self.make_host_key()
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.base / "person"))
        shutil.copy(self.base / "person.pub", self.base / "authorized")

    def make_host_key(self) -> None:
        for name in ("host", "host.pub"):
            (self.base / name).unlink(missing_ok=True)
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.base / "host"))

    def start(self, *sftp_words: str) -> None:
        """`sftp_words` are options of the SFTP server, such as -P remove."""
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        lines = [
            f"Port {self.port}", "ListenAddress 127.0.0.1", f"HostKey {self.base / 'host'}", "UsePAM no",
            f"AuthorizedKeysFile {self.base / 'authorized'}", "StrictModes no", "PidFile none",
            "PermitRootLogin prohibit-password", "PasswordAuthentication no", "LogLevel ERROR",
            f"Subsystem sftp internal-sftp {' '.join(sftp_words)}", self.extra,
        ]  # fmt: skip
        config = self.base / "sshd_config"
        config.write_text("\n".join(lines) + "\n")
        self.process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL, start_new_session=True
        )
        wait_for(self.port)

    def stop(self) -> None:
        """End it and its children, as a machine that loses its power would."""
        if self.process is not None:
            for child in _children(self.process.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
            self.process = None

    def open(self, *, identity: str = "", credential: str = "") -> Place:
        return open_place(self.url, identity or self.host_key, credential or self.key)


def _me() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def _children(pid: int) -> list[int]:
    """All processes below one, the deepest last."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_children(child)]
    return found


@contextmanager
def sftp_server(base: Path, *sftp_words: str) -> Iterator[SftpServer]:
    if not Path(SSHD).exists():
        missing("no sshd: install openssh-server")
    server = SftpServer(base)
    server.prepare()
    server.start(*sftp_words)
    try:
        yield server
    finally:
        server.stop()


@dataclass
class HttpServer:
    """A server of the test; `url` is the target's address, `identity` its authority in PEM."""

    url: str
    identity: str
    credential: str
    store: Path = field(default_factory=Path)

    def open(self, *, identity: str = "", credential: str = "") -> Place:
        return open_place(self.url, identity or self.identity, credential or self.credential)


def make_certificate(folder: Path, name: str = "server") -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    run(
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "36500",
        "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate),
    )  # fmt: skip
    return certificate, key


@contextmanager
def webdav_server(base: Path, store: Path | None = None) -> Iterator[HttpServer]:
    from cheroot import wsgi
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from wsgidav.wsgidav_app import WsgiDAVApp

    store = store or base / "store"
    store.mkdir(exist_ok=True)
    certificate, key = make_certificate(base)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/copies": str(store)},
            "simple_dc": {"user_mapping": {"*": {"keeper": {"password": WORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )  # fmt: skip
    server = wsgi.Server(("127.0.0.1", 0), app)
    server.ssl_adapter = BuiltinSSLAdapter(str(certificate), str(key))
    server.error_log = lambda *_what, **_told: None
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    port = server.bind_addr[1]
    try:
        yield HttpServer(
            f"webdav://127.0.0.1:{port}/copies", certificate.read_text(), f"keeper:{WORD}", store
        )
    finally:
        server.stop()
        thread.join()


@contextmanager
def s3_server() -> Iterator[HttpServer]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # Its storage is this process's, and outlives a server.
    urllib3.request("POST", f"http://{host}:{port}/moto-api/reset")
    try:
        yield HttpServer(f"s3+http://{host}:{port}/copies/sets", "", "ACCESS:SECRET")
    finally:
        server.stop()


def s3_client(server: HttpServer) -> Any:
    import boto3

    return boto3.client(
        "s3", endpoint_url=server.url.replace("s3+http", "http").rsplit("/", 2)[0], region_name="us-east-1",
        aws_access_key_id="ACCESS", aws_secret_access_key="SECRET",
    )  # fmt: skip
