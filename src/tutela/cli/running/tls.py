"""The server's certificate: given files, or one issued by a local authority."""

import os
import socket
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tutela.base import clock
from tutela.crypto import certificates

RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Certificate and key of the server; `authority` is the local one, None for given files."""

    certificate: Path
    key: Path
    authority: Path | None


def files(home: Path, hosts: list[str], configured: tuple[str, str]) -> TlsFiles:
    """The server's files; created if missing, and renewed before they expire or if the hosts change."""
    if all(configured):
        return TlsFiles(Path(configured[0]), Path(configured[1]), None)
    folder = home / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    own = TlsFiles(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    wanted = list(dict.fromkeys(["localhost", socket.gethostname(), *hosts, "127.0.0.1", "::1"]))
    if not _is_valid(own.certificate, wanted):
        _make(own, folder / "authority.key", wanted)
    return own


def _is_valid(certificate: Path, wanted: list[str]) -> bool:
    if not certificate.exists():
        return False
    end, names = certificates.facts(certificate.read_bytes())
    return end - clock.now() > RENEW_BEFORE and set(wanted) <= names


def _make(own: TlsFiles, authority_key: Path, hosts: list[str]) -> None:
    if own.authority is None:
        return
    if not (own.authority.exists() and authority_key.exists()):
        certificate, key = certificates.authority(f"Tutela local authority {hosts[1]}", clock.now())
        _write(authority_key, key)
        _write(own.authority, certificate)
    certificate, key = certificates.server(
        hosts, own.authority.read_bytes(), authority_key.read_bytes(), clock.now()
    )
    _write(own.key, key)
    _write(own.certificate, certificate)


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_suffix(f".{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(path)
