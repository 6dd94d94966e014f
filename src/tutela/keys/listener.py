"""Listens to NOTIFY tutela_keys on its own connection. While it is not connected, nothing is cached."""

import logging
import select
import socket
import threading
from collections.abc import Callable

import psycopg

from tutela.trail.connect import own_connection

CHANNEL = "tutela_keys"
_RETRY_SECONDS = 1.0
_PING_MS = 20_000
"""Interval to test an idle connection; shorter than the 60 seconds a key is cached."""
_log = logging.getLogger("tutela.keys")


class Listener:
    """Calls `on_change` with the name of the table that changed, and with "" for each new connection."""

    def __init__(self, on_change: Callable[[str], None]) -> None:
        self._on_change = on_change
        self._stop = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake_reader, self._wake_writer = socket.socketpair()
        self.listening = False

    def start(self) -> None:
        """Start the thread if it is not running; does not block."""
        if self._thread is not None:
            return
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keys-listener", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop listening and close the connection."""
        self._stop.set()
        self._wake_writer.close()
        if self._thread is not None:
            self._thread.join(5 * _RETRY_SECONDS)
        self._wake_reader.close()
        self.listening = False

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except (psycopg.Error, OSError) as error:
                self.listening = False
                if not self._stop.is_set():
                    _log.warning("keys.listener_deaf %s", type(error).__name__)
                self._stop.wait(_RETRY_SECONDS)
        self.listening = False

    def _listen(self) -> None:
        with own_connection("tutela-keys") as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            # Notifications may have been missed while there was no connection.
            self._on_change("")
            self.listening = True
            readable = select.poll()
            readable.register(connection.fileno(), select.POLLIN)
            readable.register(self._wake_reader, select.POLLIN)
            while not self._stop.is_set():
                if not readable.poll(_PING_MS):
                    connection.execute("SELECT 1")
                for notification in connection.notifies(timeout=0):
                    self._on_change(notification.payload)
