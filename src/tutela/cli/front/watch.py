"""A thread that inspects this process's connections twice a second and closes those that `wires.py` selects.

It finds the sockets among the open files and reads TCP_INFO of each, so it is independent of the server. Linux
only; elsewhere only the server's timeout for request headers applies.
"""

import os
import socket
import stat
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path

from .bodies import Bodies
from .limits import Limits
from .places import Places
from .wires import Wire, closing, freeing

TICK_SECONDS = 0.5
FILES = Path("/proc/self/fd")
_AGES = struct.Struct("=44x I 4x I")  # tcpi_last_data_sent, tcpi_last_data_recv
_RECEIVED = struct.Struct("=128x Q")  # tcpi_bytes_received
_INFO_BYTES = 192


class Watch:
    """The connections of one port in this process, by inode of their socket."""

    def __init__(self, port: int, limits: Limits, bodies: Bodies, places: Places) -> None:
        self._port, self._limits, self._bodies, self._places = port, limits, bodies, places
        self._wires: dict[int, Wire] = {}
        self._foreign: set[int] = set()

    def start(self) -> None:
        """Watch until the process ends."""
        if FILES.exists() and hasattr(socket, "TCP_INFO"):
            threading.Thread(target=self._run, name="front-watch", daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(TICK_SECONDS)
            with suppress(OSError):  # a file was closed in the meantime
                self.look()

    def look(self) -> int:
        """Inspect once; returns the number of connections closed."""
        files = self._find()
        now, wires = time.monotonic(), list(self._wires.values())
        if not wires:
            return 0
        over = closing(wires, self._places.whole(), now, self._limits)
        over.update(freeing(wires, self._bodies.reading - len(over), self._limits))
        closed = [inode for inode, wire in self._wires.items() if wire in over]
        return sum(_close(files[inode], inode) for inode in closed)

    def _find(self) -> dict[int, int]:
        """Update `_wires`; returns file descriptors by inode."""
        files: dict[int, int] = {}
        others: set[int] = set()
        for name in os.listdir(FILES):  # noqa: PTH208 creating Path objects would dominate the cost
            with suppress(OSError):
                file = os.fstat(int(name))
                if stat.S_ISSOCK(file.st_mode):
                    if file.st_ino in self._foreign or not self._note(int(name), file.st_ino):
                        others.add(file.st_ino)
                    else:
                        files[file.st_ino] = int(name)
        self._foreign = others
        self._wires = {inode: wire for inode, wire in self._wires.items() if inode in files}
        return files

    def _note(self, file: int, inode: int) -> bool:
        """Update a connection from TCP_INFO; False if the socket is not a client of our port."""
        link = socket.socket(fileno=file)
        try:
            wire = self._wires.get(inode)
            if wire is None:
                address = self._client(link)
                if not address:
                    return False
                wire = self._wires[inode] = Wire(address, time.monotonic() - TICK_SECONDS)
            info = link.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
        finally:
            link.detach()
        sent_ago, heard_ago = (age / 1000 for age in _AGES.unpack_from(info))
        (received,) = _RECEIVED.unpack_from(info)
        wire.note(time.monotonic(), sent_ago, heard_ago, received)
        return True

    def _client(self, link: socket.socket) -> str:
        """The peer's address if this is a client of our port, else ""."""
        if link.family not in {socket.AF_INET, socket.AF_INET6}:
            return ""
        try:
            if link.type == socket.SOCK_STREAM and link.getsockname()[1] == self._port:
                return str(link.getpeername()[0])
        except OSError:  # a listening socket, or one just closed
            return ""
        return ""


def _close(file: int, inode: int) -> int:
    """Shut the connection down, after checking that the descriptor still belongs to it; returns 1 or 0."""
    with suppress(OSError):
        copy = os.dup(file)
        with socket.socket(fileno=copy) as link:
            if os.fstat(copy).st_ino == inode:
                link.shutdown(socket.SHUT_RDWR)
                return 1
    return 0
