"""Hears NOTIFY tutela_keys on a connection of its own. While it is deaf, nothing is cached."""

import logging
import select
import socket
import threading
from collections.abc import Callable

import psycopg

from tutela.trail.connect import own_connection

CHANNEL = "tutela_keys"
_AGAIN_SECONDS = 1.0
_PING_MS = 20_000
"""A silent connection is tried this often: cached keys live 60 seconds."""
_log = logging.getLogger("tutela.keys")


class Listener:
    """Calls `heard` with the name of the table that changed, and with "" for each new connection."""

    def __init__(self, heard: Callable[[str], None]) -> None:
        self._heard = heard
        self._stop = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._bell, self._rope = socket.socketpair()
        self.hears = False

    def start(self) -> None:
        """Begin to listen, if not yet begun. Returns at once."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keys-listener", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop listening and close the connection."""
        self._stop.set()
        self._rope.close()
        if self._thread is not None:
            self._thread.join(5 * _AGAIN_SECONDS)
        self._bell.close()
        self.hears = False

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except (psycopg.Error, OSError) as error:
                self.hears = False
                if not self._stop.is_set():
                    _log.warning("keys.listener_deaf %s", type(error).__name__)
                self._stop.wait(_AGAIN_SECONDS)
        self.hears = False

    def _listen(self) -> None:
        with own_connection("tutela-keys") as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            # What was said while nobody listened is unknown, so everything may have changed.
            self._heard("")
            self.hears = True
            news = select.poll()
            news.register(connection.fileno(), select.POLLIN)
            news.register(self._bell, select.POLLIN)
            while not self._stop.is_set():
                if not news.poll(_PING_MS):
                    connection.execute("SELECT 1")
                for told in connection.notifies(timeout=0):
                    self._heard(told.payload)
