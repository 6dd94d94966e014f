"""Witness the access trail of Tutela, or any log that speaks C2SP: `tutela-witness serve DIRECTORY`.

A single file that needs Python 3.11 and the package `cryptography`; copy it anywhere. It speaks the witness
protocol of C2SP (tlog-witness, tlog-cosignature, signed-note) and needs nothing of Tutela.

A witness remembers the newest checkpoint of each log that it trusts, and signs a newer one only if a proof shows
that the log was appended to. A log that takes back, changes or forks what it showed before gets no signature.

    tutela-witness keygen DIRECTORY NAME     make the keys; prints the lines for the log's policy
    tutela-witness trust DIRECTORY VKEY      trust a log by its key, whose name is the origin
    tutela-witness serve DIRECTORY           answer POST /add-checkpoint, GET /<SHA-256 of the origin>/checkpoint
    tutela-witness cosign DIRECTORY FILE     the same for a file carried by hand; writes FILE.cosignature
    tutela-witness show DIRECTORY            keys, logs and their newest checkpoints

DIRECTORY holds `keys` (secret), `logs` (one key a line), `state/` (one file a log: the newest checkpoint with its
signatures) and `evidence/` (signed checkpoints that contradict the state). The state is on the disk before an
answer leaves, so the process may be killed at any moment. Never restore an older DIRECTORY: make a new key.

The language is Chinese or English by LC_ALL, LC_MESSAGES or LANG, by default Chinese; HTTP answers are English.
Exit code 0 if it was done, 1 if the checkpoint was refused, 2 for wrong usage or a directory that cannot be used.
"""

import argparse
import base64
import binascii
import fcntl
import hashlib
import hmac
import os
import ssl
import sys
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn

DASH, LARGEST, HASH, MOST_PROOF, MOST_SIGNATURES = "\N{EM DASH}", (1 << 63) - 1, 32, 63, 64
LONGEST_BODY, MOST_IGNORED = 256 * 1024, 1 << 20
MOST_CONNECTIONS, PATIENCE, MOST_EVIDENCE = 64, 30, 1000
"""Connections at once, seconds for a slow one, and files of evidence."""
ED25519, COSIGNATURE, ML_DSA = 0x01, 0x04, 0x06
"""Signature types: a log's own, and the two of cosignatures; a log may also sign with the last."""
KINDS = {"ed25519": COSIGNATURE, "ml-dsa-44": ML_DSA}
SIZES = {ED25519: (32, 64), COSIGNATURE: (32, 64), ML_DSA: (1312, 2420)}
"""Bytes of a public key and of a signature."""
SIZE_TYPE, PLAIN_TYPE = "text/x.tlog.size", "text/plain; charset=utf-8"
EMPTY_ROOT = hashlib.sha256(b"").digest()

CHINESE = {
    "Witness a log: sign its checkpoints only as long as it is appended to.":
        "见证日志：只在日志仅追加、未改动时签名。",
    "COMMAND": "命令",
    "DIRECTORY": "目录",
    "FILE": "文件",
    "NAME": "名称",
    "VKEY": "公钥串",
    "arguments": "参数",
    "options": "选项",
    "show this help and exit": "显示本帮助并退出",
    "usage: ": "用法：",
    "usage error": "用法有误，请查看 --help",
    "make the keys of a new witness": "为新见证方生成密钥",
    "trust a log by its key": "按公钥信任一个日志",
    "answer logs over HTTP": "通过 HTTP 应答日志",
    "cosign a checkpoint carried by hand": "为人工携带的检查点签名",
    "show keys, logs and their newest checkpoints": "显示密钥、日志及其最新检查点",
    "what belongs to this witness": "本见证方的数据目录",
    "the witness's name: an address without https://, no spaces and no plus":
        "见证方名称：不带 https:// 的网址，不含空格和加号",
    "kinds of keys, by default both": "密钥种类，默认两种都生成",
    "the log's key: name+id+base64": "日志公钥：名称+编号+base64",
    "host and port, by default 127.0.0.1:7380": "主机与端口，默认 127.0.0.1:7380",
    "certificate chain in PEM": "PEM 格式的证书链",
    "private key of the certificate in PEM": "证书的 PEM 私钥",
    "answer without TLS beyond this machine, because a proxy before it has TLS":
        "前有 TLS 代理，可不经 TLS 对外应答",
    "the request written by the log, or a bare checkpoint": "日志写出的请求，或单独的检查点",
    "where to write the cosigned checkpoint, by default FILE.cosignature":
        "已签名检查点写入的文件，默认为“文件名.cosignature”",
    "the directory holds a witness already: %s": "目录中已有见证方：%s",
    "the directory holds no witness, or not all of it: %s": "目录中没有见证方，或内容不全：%s",
    "the directory cannot be used: %s": "目录无法使用：%s",
    "the key is malformed": "公钥格式有误",
    "the name cannot be that of a key": "名称不能用作密钥名称",
    "no log may have the name or a key of this witness": "日志不得与本见证方同名或同密钥",
    "this log is trusted already": "已信任此日志",
    "the log %s is trusted from now on": "自此信任日志 %s",
    "line %s of %s cannot be read": "%s（行号 %s）无法读取",
    "the Python package cryptography is missing, or too old for this key":
        "缺少 Python 软件包 cryptography，或其版本不支持此密钥",
    "give --cert and --key for TLS, or --behind-proxy if a proxy has TLS":
        "请用 --cert 和 --key 启用 TLS；若前有 TLS 代理，请用 --behind-proxy",
    "the address to listen on is wrong: %s": "监听地址有误：%s",
    "the certificate cannot be used: %s": "证书无法使用：%s",
    "the file cannot be read or written: %s": "文件无法读写：%s",
    "witness %s listens on %s": "见证方 %s 已在 %s 监听",
    "cosigned: size %s of %s, written to %s": "已签名：条数 %s，日志 %s，签名写入 %s",
    "refused: %s": "已拒绝：%s",
    "refused: this witness stands at size %s; ask the log for a file from there on":
        "已拒绝：本见证方停在条数 %s，请日志从此处重新出具文件",
    "CONTRADICTION: the log signed what contradicts its earlier checkpoint; kept in %s":
        "自相矛盾：日志签署了与先前检查点不符的内容，证据存于 %s",
    "keep %s secret, and never use an older copy of the directory": "请妥善保密 %s，且绝不使用本目录的旧副本",
    "lines for the log's policy:": "写入日志策略文件的行：",
    "log      %s": "日志    %s",
    "size     %s, root %s, cosigned %s": "条数    %s，根哈希 %s，签名于 %s",
    "nothing cosigned yet": "尚未签名",
    "evidence %s files": "证据    %s 个文件",
    "malformed request": "请求格式有误",
    "unknown log": "未知日志",
    "no valid signature of the log": "没有日志的有效签名",
    "the old size is larger than the size": "旧条数大于新条数",
    "another size was cosigned last": "上次签名的是另一条数",
    "another root hash was cosigned for this size": "同一条数此前签名的是另一根哈希",
    "the consistency proof does not verify": "一致性证明不成立",
    "the stored checkpoint cannot be read": "已存的检查点无法读取",
}  # fmt: skip
"""Chinese translations; included, because the file must be self-contained."""


def _chinese() -> bool:
    language = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "zh")
    return language.lower().startswith("zh")


def say(text: str, *facts: object) -> str:
    """A sentence in the terminal's language, formatted with printable facts."""
    sentence = CHINESE[text] if _chinese() else text
    return sentence % tuple(map(printable, facts)) if facts else sentence


def printable(fact: object) -> str:
    """Text with control and format characters escaped."""
    return "".join(
        char if unicodedata.category(char)[0] != "C" else char.encode("unicode_escape").decode()
        for char in str(fact)
    )


def _tell(text: str, *facts: object) -> None:
    sys.stdout.write(say(text, *facts) + "\n")
    sys.stdout.flush()


def _log(text: str) -> None:
    sys.stderr.write(f"{_written(int(time.time()))} {printable(text)}\n")
    sys.stderr.flush()


def _written(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


class Unusable(Exception):
    """The command, or the directory, cannot be used; the text says why."""


class Refused(Exception):
    """A request gets no cosignature. `size` is what a log needs to ask again."""

    def __init__(self, status: HTTPStatus, why: str, size: int | None = None) -> None:
        super().__init__(why)
        self.status, self.why, self.size = status, why, size


def _malformed() -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, "malformed request")


@dataclass(frozen=True)
class Key:
    """A public key under its name; `private` (32 bytes) only of the witness itself."""

    name: str
    kind: int
    public: bytes
    private: bytes = b""

    @property
    def id(self) -> bytes:
        head = self.name.encode() + b"\n" + bytes([self.kind])
        return hashlib.sha256(head + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_pack(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True)
class Line:
    """A signature line: name and id of the key, what follows the id, and the line itself with its end."""

    name: str
    id: bytes
    value: bytes
    text: str


@dataclass(frozen=True)
class Checkpoint:
    """A note of a log: its text, what it says, and its signature lines."""

    text: str
    origin: str
    size: int
    root: bytes
    lines: tuple[Line, ...]

    @property
    def note(self) -> str:
        return self.text + "\n" + "".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Request:
    """What a log asks; `old` is None for a bare checkpoint, which a file may be."""

    old: int | None
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint


# Texts


def _pack(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unpack(text: str) -> bytes:
    """Base64 in its canonical spelling; ValueError."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except binascii.Error as error:
        raise ValueError from error
    if _pack(data) != text:
        raise ValueError
    return data


def _number(digits: str) -> int:
    """A decimal number without leading zeros; ValueError."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 19:
        raise ValueError
    if str(int(digits)) != digits or int(digits) > LARGEST:
        raise ValueError
    return int(digits)


def _is_name(name: str) -> bool:
    plain = not any(char.isspace() or char < " " for char in name)
    return 0 < len(name.encode()) < 256 and "+" not in name and plain


def read_vkey(text: str) -> Key:
    """A log's or a witness's public key; ValueError."""
    name, _, rest = text.partition("+")
    given, _, packed = rest.partition("+")
    data = _unpack(packed)
    if not data or data[0] not in SIZES or len(data) - 1 != SIZES[data[0]][0]:
        raise ValueError
    key = Key(name, data[0], data[1:])
    if not _is_name(name) or given != key.id.hex():
        raise ValueError
    return key


def _read_line(text: str) -> Line:
    dash, _, rest = text.partition(" ")
    name, _, packed = rest.partition(" ")
    data = _unpack(packed)
    if dash != DASH or not name or "+" in name or len(data) < 5 or any(map(str.isspace, name)):
        raise ValueError
    return Line(name, data[:4], data[4:], text + "\n")


def read_checkpoint(note: str) -> Checkpoint:
    """A signed note that is a checkpoint; ValueError."""
    body, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise ValueError
    origin, size, root, *extensions = body.split("\n")
    head = _unpack(root)
    if not origin or len(head) != HASH or "" in extensions:
        raise ValueError
    lines = signatures[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise ValueError
    return Checkpoint(body + "\n", origin, _number(size), head, tuple(map(_read_line, lines)))


def read_request(body: bytes) -> Request:
    """What a log asks: old size, proof, checkpoint; or a bare checkpoint. Refused."""
    try:
        text = body.decode()
        if len(body) > LONGEST_BODY or any(c < " " for c in text.replace("\n", "")):
            raise _malformed()
        if not text.startswith("old "):
            return Request(None, (), read_checkpoint(text))
        head, _, note = text.partition("\n\n")
        first, *steps = head.split("\n")
        proof = tuple(map(_unpack, steps))
        if len(proof) > MOST_PROOF or any(len(step) != HASH for step in proof):
            raise _malformed()
        return Request(_number(first.removeprefix("old ")), proof, read_checkpoint(note))
    except ValueError:
        raise _malformed() from None


# Signatures and hashes


def _cryptography(kind: int) -> tuple[Any, Any]:
    """(private key, public key) classes of the library; Unusable without it."""
    try:
        if kind == ML_DSA:
            from cryptography.hazmat.primitives.asymmetric import mldsa

            return mldsa.MLDSA44PrivateKey, mldsa.MLDSA44PublicKey
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        missing = "the Python package cryptography is missing, or too old for this key"
        raise Unusable(say(missing)) from None
    return ed25519.Ed25519PrivateKey, ed25519.Ed25519PublicKey


def _private(kind: int, seed: bytes) -> Any:
    private, _ = _cryptography(kind)
    return private.from_seed_bytes(seed) if kind == ML_DSA else private.from_private_bytes(seed)


def generate(name: str, kind: int) -> Key:
    """A new key of the witness."""
    seed = os.urandom(32)
    return Key(name, kind, _private(kind, seed).public_key().public_bytes_raw(), seed)


def _message(key: Key, checkpoint: Checkpoint, at: int) -> bytes:
    """What a key of this kind signs."""
    if key.kind == ED25519:
        return checkpoint.text.encode()
    if key.kind == COSIGNATURE:
        return f"cosignature/v1\ntime {at}\n{checkpoint.text}".encode()
    parts = [b"subtree/v1\n\0", _short(key.name), at.to_bytes(8, "big")]
    parts += [_short(checkpoint.origin), bytes(8), checkpoint.size.to_bytes(8, "big")]
    return b"".join(parts) + checkpoint.root


def _short(text: str) -> bytes:
    data = text.encode()
    if not 0 < len(data) < 256:
        raise _malformed()
    return bytes([len(data)]) + data


def is_signed(key: Key, checkpoint: Checkpoint, value: bytes) -> bool:
    """Whether a signature line's value is this key's signature."""
    timed = 0 if key.kind == ED25519 else 8
    if len(value) != timed + SIZES[key.kind][1]:
        return False
    at = int.from_bytes(value[:timed], "big")
    message = _message(key, checkpoint, at)
    from cryptography.exceptions import InvalidSignature

    try:
        _cryptography(key.kind)[1].from_public_bytes(key.public).verify(value[timed:], message)
    except (InvalidSignature, ValueError):
        return False
    return at <= LARGEST


def cosign(key: Key, checkpoint: Checkpoint, at: int) -> str:
    """The cosignature line of the witness's key; `at` in seconds since 1970."""
    signature = _private(key.kind, key.private).sign(_message(key, checkpoint, at))
    return f"{DASH} {key.name} {_pack(key.id + at.to_bytes(8, 'big') + signature)}\n"


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_consistent(
    old: int, new: int, proof: tuple[bytes, ...], before: bytes, after: bytes
) -> bool:
    """Whether the tree of `old` leaves is the beginning of that of `new` ones (RFC 9162, 2.1.4.2)."""
    if old == 0:
        return not proof and (new > 0 or hmac.compare_digest(after, EMPTY_ROOT))
    if old == new:
        return not proof and hmac.compare_digest(before, after)
    path = list(proof) if old & (old - 1) else [before, *proof]
    if not path:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    was = now = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            was, now = _node(step, was), _node(step, now)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            now = _node(now, step)
        first, last = first >> 1, last >> 1
    return last == 0 and hmac.compare_digest(was, before) and hmac.compare_digest(now, after)


# The witness


class Witness:
    """A witness in its directory. Several processes may use it at once: each step is taken under one lock."""

    def __init__(self, home: Path) -> None:
        self.home, self.state, self.evidence = home, home / "state", home / "evidence"
        lacking = [name for name in ("keys", "logs", "state") if not (home / name).exists()]
        if lacking:
            wrong = "the directory holds no witness, or not all of it: %s"
            raise Unusable(say(wrong, home / lacking[0]))
        self.keys = tuple(_read_keys(home / "keys"))
        self.name = self.keys[0].name
        self.logs()

    def logs(self) -> dict[str, list[Key]]:
        """The trusted logs' keys by origin, read anew each time. Unusable."""
        found: dict[str, list[Key]] = {}
        for key in _lines(self.home / "logs", read_vkey):
            found.setdefault(key.name, []).append(key)
        return found

    def add(self, body: bytes) -> tuple[Checkpoint, str]:
        """The checkpoint as stored, with the log's lines and ours, and ours alone. Refused, Unusable, OSError."""
        request = read_request(body)
        checkpoint = request.checkpoint
        keys = self.logs().get(checkpoint.origin)
        if keys is None:
            raise Refused(HTTPStatus.NOT_FOUND, "unknown log")
        signed = _signed_by(checkpoint, keys)
        if not signed:
            raise Refused(HTTPStatus.FORBIDDEN, "no valid signature of the log")
        if request.old is not None and request.old > checkpoint.size:
            raise Refused(HTTPStatus.BAD_REQUEST, "the old size is larger than the size")
        with self.alone():
            self._check(request, body)
            at = int(time.time())
            cosigned = "".join(cosign(key, checkpoint, at) for key in self.keys)
            log = "".join(line.text for line in signed)
            note = checkpoint.text + "\n" + log + cosigned
            _write(self._file(checkpoint.origin), note.encode())
        return read_checkpoint(note), cosigned

    def newest(self, origin: str) -> Checkpoint | None:
        """The newest checkpoint that was cosigned for a log. Refused if it cannot be read."""
        try:
            return read_checkpoint(self._file(origin).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError:
            unreadable = "the stored checkpoint cannot be read"
            raise Refused(HTTPStatus.INTERNAL_SERVER_ERROR, unreadable) from None

    def _check(self, request: Request, body: bytes) -> None:
        """Refused unless the checkpoint goes on from the stored one."""
        new, before = request.checkpoint, self.newest(request.checkpoint.origin)
        size, root = (before.size, before.root) if before else (0, EMPTY_ROOT)
        if request.old is None and new.size < size:
            raise Refused(HTTPStatus.CONFLICT, "another size was cosigned last", size)
        if request.old not in (None, size):
            raise Refused(HTTPStatus.CONFLICT, "another size was cosigned last", size)
        if before and new.size == size and not hmac.compare_digest(new.root, root):
            self._keep(before, body)
            raise Refused(HTTPStatus.CONFLICT, "another root hash was cosigned for this size")
        if not is_consistent(size, new.size, request.proof, root, new.root):
            if request.old is None:
                raise Refused(HTTPStatus.CONFLICT, "another size was cosigned last", size)
            self._keep(before, body)
            wrong = "the consistency proof does not verify"
            raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, wrong)

    @contextmanager
    def alone(self) -> Iterator[None]:
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _file(self, origin: str) -> Path:
        return self.state / hashlib.sha256(origin.encode()).hexdigest()

    def _keep(self, before: Checkpoint | None, body: bytes) -> None:
        """Keep what the log signed beside what it had signed before: perhaps a proof of its misbehaviour."""
        self.evidence.mkdir(exist_ok=True)
        place = self.evidence / f"{hashlib.sha256(body).hexdigest()[:32]}.txt"
        if not place.exists() and sum(1 for _ in self.evidence.iterdir()) >= MOST_EVIDENCE:
            return
        earlier = self._file(before.origin).read_bytes() if before else b""
        _write(place, earlier + b"\n" + body)
        signed = "CONTRADICTION: the log signed what contradicts its earlier checkpoint; kept in %s"
        _log(say(signed, place))


def _signed_by(checkpoint: Checkpoint, keys: list[Key]) -> list[Line]:
    """The lines of trusted keys; none if one of them is wrong."""
    known = {(key.name, key.id): key for key in keys}
    signed = []
    for line in checkpoint.lines:
        key = known.pop((line.name, line.id), None)
        if key is None:
            continue
        if not is_signed(key, checkpoint, line.value):
            return []
        signed.append(line)
    return signed


def _lines(path: Path, read: Any) -> list[Any]:
    """What a file says line by line, but for blank lines and comments. Unusable."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            try:
                found.append(read(line.strip()))
            except ValueError:
                facts = (path, number) if _chinese() else (number, path)
                raise Unusable(say("line %s of %s cannot be read", *facts)) from None
    return found


def _read_private(line: str) -> Key:
    """A key of the witness: PRIVATE+KEY+name+id+base64 of kind and 32 bytes; ValueError."""
    name, _, rest = line.removeprefix("PRIVATE+KEY+").partition("+")
    given, _, packed = rest.partition("+")
    data = _unpack(packed)
    if not line.startswith("PRIVATE+KEY+") or len(data) != 33 or data[0] not in KINDS.values():
        raise ValueError
    public = _private(data[0], data[1:]).public_key().public_bytes_raw()
    key = Key(name, data[0], public, data[1:])
    if not _is_name(name) or given != key.id.hex():
        raise ValueError
    return key


def _read_keys(path: Path) -> list[Key]:
    keys: list[Key] = _lines(path, _read_private)
    if not keys or len({key.name for key in keys}) != 1:
        raise Unusable(say("the directory holds no witness, or not all of it: %s", path))
    return keys


def _write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Replace a file so that after a crash it is the old or the new one, and is on the disk on return."""
    part = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        part.unlink()
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


# HTTP


class Server(ThreadingHTTPServer):
    """Answers logs, each connection in a thread, not more than MOST_CONNECTIONS at once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, address: tuple[str, int], witness: Witness, tls: ssl.SSLContext | None
    ) -> None:
        self.witness, self.tls, self.room = witness, tls, threading.Semaphore(MOST_CONNECTIONS)
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self.room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            request.settimeout(PATIENCE)
            if self.tls is not None:  # in the thread, so that a slow handshake holds up nobody
                request = self.tls.wrap_socket(request, server_side=True)
            super().process_request_thread(request, client_address)
        except (OSError, ssl.SSLError):
            self.shutdown_request(request)
        finally:
            self.room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        _log(f"500 {sys.exc_info()[0]}")


class Handler(BaseHTTPRequestHandler):
    """POST /add-checkpoint and GET /<hex SHA-256 of the origin>/checkpoint."""

    protocol_version, server_version, sys_version = "HTTP/1.1", "tutela-witness", ""
    server: Server

    def do_POST(self) -> None:
        body = self._body()
        if body is None:
            return
        if not self.path.endswith("/add-checkpoint"):
            self._answer(HTTPStatus.NOT_FOUND, "not found\n")
            return
        try:
            checkpoint, lines = self.server.witness.add(body)
        except Refused as refused:
            self._refuse(refused)
        except (OSError, Unusable) as broken:
            _log(f"500 {type(broken).__name__} {broken}")
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "the witness cannot store its state\n")
        else:
            _log(f"200 {checkpoint.origin} {checkpoint.size}")
            self._answer(HTTPStatus.OK, lines)

    def do_GET(self) -> None:
        *_, digest, last = ["", *self.path.split("/")]
        witness = self.server.witness
        origins = [o for o in witness.logs() if hashlib.sha256(o.encode()).hexdigest() == digest]
        if last == "checkpoint" and origins:
            with suppress(FileNotFoundError):
                self._answer(HTTPStatus.OK, (witness.state / digest).read_text(encoding="utf-8"))
                return
        self._answer(HTTPStatus.NOT_FOUND, "not found\n")

    def _body(self) -> bytes | None:
        """The body, or None after an answer to one that is not read."""
        given = self.headers.get("Content-Length") or ""
        self.close_connection = True
        if self.headers.get("Transfer-Encoding") or not (given.isascii() and given.isdigit()):
            self._answer(HTTPStatus.LENGTH_REQUIRED, "the length is missing\n")
        elif len(given) > 9 or int(given) > LONGEST_BODY:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the request is too large\n")
        else:
            body = self.rfile.read(int(given))
            if len(body) == int(given):
                self.close_connection = self.headers.get("Connection", "").lower() == "close"
                return body
        self._ignore_rest()
        return None

    def _ignore_rest(self) -> None:
        """Read on a little, because a connection that is closed on unread bytes may lose the answer."""
        self.wfile.flush()
        self.connection.settimeout(2)
        left = MOST_IGNORED
        with suppress(OSError):
            while left > 0 and (data := self.rfile.read1(left)):
                left -= len(data)

    def _refuse(self, refused: Refused) -> None:
        _log(f"{refused.status.value} {refused.why}")
        if refused.size is None:
            self._answer(refused.status, refused.why + "\n")
        else:
            self._answer(refused.status, f"{refused.size}\n", SIZE_TYPE)

    def _answer(self, status: HTTPStatus, text: str, kind: str = PLAIN_TYPE) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Requests are logged by their result alone."""


# Commands


def _keygen(given: argparse.Namespace) -> int:
    home = Path(given.directory)
    if not _is_name(given.name):
        raise Unusable(say("the name cannot be that of a key"))
    if (home / "keys").exists():
        raise Unusable(say("the directory holds a witness already: %s", home))
    kinds = [KINDS[kind] for kind in (given.kind or KINDS)]
    keys = [generate(given.name, kind) for kind in dict.fromkeys(kinds)]
    (home / "state").mkdir(parents=True, exist_ok=True)
    (home / "logs").touch()
    lines = [
        f"PRIVATE+KEY+{key.name}+{key.id.hex()}+{_pack(bytes([key.kind]) + key.private)}\n"
        for key in keys
    ]
    _write(home / "keys", "".join(lines).encode(), 0o600)
    _tell("keep %s secret, and never use an older copy of the directory", home / "keys")
    _policy(keys)
    return 0


def _policy(keys: Iterable[Key]) -> None:
    _tell("lines for the log's policy:")
    for key in keys:
        kind = next(name for name, number in KINDS.items() if number == key.kind)
        sys.stdout.write(f"witness {key.name}/{kind} {key.vkey}\n")


def _trust(given: argparse.Namespace) -> int:
    witness = Witness(Path(given.directory))
    try:
        key = read_vkey(given.vkey.strip())
    except ValueError:
        raise Unusable(say("the key is malformed")) from None
    own = {part for own in witness.keys for part in (own.name, own.public)}
    if key.kind == COSIGNATURE or key.name in own or key.public in own:
        raise Unusable(say("no log may have the name or a key of this witness"))
    with witness.alone():
        if key in witness.logs().get(key.name, []):
            raise Unusable(say("this log is trusted already"))
        path = witness.home / "logs"
        before = path.read_text(encoding="utf-8")
        gap = "" if not before or before.endswith("\n") else "\n"
        _write(path, f"{before}{gap}{key.vkey}\n".encode())
    _tell("the log %s is trusted from now on", key.name)
    return 0


def _serve(given: argparse.Namespace) -> int:
    witness = Witness(Path(given.directory))
    host, _, port = given.listen.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit() or int(port) > 65535:
        raise Unusable(say("the address to listen on is wrong: %s", given.listen))
    local = host in ("127.0.0.1", "::1", "localhost")
    if bool(given.cert) != bool(given.key) or not (local or given.cert or given.behind_proxy):
        raise Unusable(say("give --cert and --key for TLS, or --behind-proxy if a proxy has TLS"))
    tls = None
    if given.cert:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            tls.load_cert_chain(given.cert, given.key)
        except (OSError, ssl.SSLError) as wrong:
            raise Unusable(say("the certificate cannot be used: %s", wrong)) from None
    try:
        server = Server((host, int(port)), witness, tls)
    except OSError as wrong:
        raise Unusable(say("the address to listen on is wrong: %s", wrong)) from None
    _tell("witness %s listens on %s", witness.name, f"{host}:{server.server_address[1]}")
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


def _cosign(given: argparse.Namespace) -> int:
    witness, path = Witness(Path(given.directory)), Path(given.file)
    out = Path(given.out) if given.out else path.with_name(path.name + ".cosignature")
    try:
        with path.open("rb") as file:
            body = file.read(LONGEST_BODY + 1)
        checkpoint, _ = witness.add(body)
        _write(out, checkpoint.note.encode())
    except Refused as refused:
        if refused.size is not None:
            asks = "refused: this witness stands at size %s; ask the log for a file from there on"
            _tell(asks, refused.size)
        else:
            _tell("refused: %s", say(refused.why))
        return 1
    except OSError as wrong:
        raise Unusable(say("the file cannot be read or written: %s", wrong)) from None
    _tell("cosigned: size %s of %s, written to %s", checkpoint.size, checkpoint.origin, out)
    return 0


def _show(given: argparse.Namespace) -> int:
    witness = Witness(Path(given.directory))
    _policy(witness.keys)
    ids = {(key.name, key.id) for key in witness.keys}
    for origin in witness.logs():
        _tell("log      %s", origin)
        try:
            newest = witness.newest(origin)
        except Refused as refused:
            _tell(refused.why)
            continue
        if newest is None:
            _tell("nothing cosigned yet")
            continue
        own = [line.value for line in newest.lines if (line.name, line.id) in ids]
        at = max((int.from_bytes(value[:8], "big") for value in own), default=0)
        facts = (newest.size, _pack(newest.root), _written(at))
        _tell("size     %s, root %s, cosigned %s", *facts)
    if witness.evidence.exists():
        _tell("evidence %s files", sum(1 for _ in witness.evidence.iterdir()))
    return 0


class _Words(argparse.HelpFormatter):
    """Translates the usage line."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, say("usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Translates help and errors."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**{**facts, "formatter_class": _Words, "add_help": False})
        self._positionals.title, self._optionals.title = say("arguments"), say("options")
        self.add_argument("-h", "--help", action="help", help=say("show this help and exit"))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        detail = "" if _chinese() else f": {message}"
        self.exit(2, f"{self.prog}: {say('usage error')}{detail}\n")


def _given(words: Iterable[str] | None) -> argparse.Namespace:
    about = say("Witness a log: sign its checkpoints only as long as it is appended to.")
    parser = _Parser(prog="tutela-witness", description=about)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=say("COMMAND"))

    def verb(name: str, call: Any, text: str) -> Any:
        found = verbs.add_parser(name, help=say(text), description=say(text))
        found.set_defaults(call=call)
        found.add_argument(
            "directory", metavar=say("DIRECTORY"), help=say("what belongs to this witness")
        )
        return found

    keygen = verb("keygen", _keygen, "make the keys of a new witness")
    named = say("the witness's name: an address without https://, no spaces and no plus")
    keygen.add_argument("name", metavar=say("NAME"), help=named)
    kinds = say("kinds of keys, by default both")
    keygen.add_argument("--kind", action="append", choices=sorted(KINDS), help=kinds)
    trust = verb("trust", _trust, "trust a log by its key")
    key = say("the log's key: name+id+base64")
    trust.add_argument("vkey", metavar=say("VKEY"), help=key)
    serve = verb("serve", _serve, "answer logs over HTTP")
    listen = say("host and port, by default 127.0.0.1:7380")
    serve.add_argument("--listen", default="127.0.0.1:7380", metavar="HOST:PORT", help=listen)
    serve.add_argument("--cert", metavar=say("FILE"), help=say("certificate chain in PEM"))
    private = say("private key of the certificate in PEM")
    serve.add_argument("--key", metavar=say("FILE"), help=private)
    proxy = say("answer without TLS beyond this machine, because a proxy before it has TLS")
    serve.add_argument("--behind-proxy", action="store_true", help=proxy)
    carried = verb("cosign", _cosign, "cosign a checkpoint carried by hand")
    asked = say("the request written by the log, or a bare checkpoint")
    carried.add_argument("file", metavar=say("FILE"), help=asked)
    out = say("where to write the cosigned checkpoint, by default FILE.cosignature")
    carried.add_argument("--out", metavar=say("FILE"), help=out)
    verb("show", _show, "show keys, logs and their newest checkpoints")
    return parser.parse_args(None if words is None else list(words))


def main(words: Iterable[str] | None = None) -> int:
    """The command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # characters that the terminal cannot encode are escaped
            stream.reconfigure(errors="backslashreplace")
    given = _given(words)
    try:
        return int(given.call(given))
    except Unusable as wrong:
        sys.stderr.write(f"tutela-witness: {wrong}\n")
    except (OSError, UnicodeError) as wrong:
        text = say("the directory cannot be used: %s", wrong)
        sys.stderr.write(f"tutela-witness: {text}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
