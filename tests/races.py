"""A second person at the same moment: a transaction on a connection of its own, held open at its end."""

import threading
from collections.abc import Callable
from types import TracebackType

from django.db import connection, transaction


class Meanwhile(threading.Thread):
    """Runs `act` in a transaction and commits it a moment after the block below has begun to wait."""

    def __init__(self, act: Callable[[], object], seconds: float = 0.5) -> None:
        super().__init__()
        self._act, self._seconds = act, seconds
        self._acted, self._waits = threading.Event(), threading.Event()
        self._failed: Exception | None = None

    def run(self) -> None:
        try:
            with transaction.atomic():
                self._act()
                self._acted.set()
                self._waits.wait(self._seconds)
        except Exception as error:
            self._failed = error
        finally:
            self._acted.set()
            connection.close()

    def __enter__(self) -> None:
        self.start()
        assert self._acted.wait(30)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._waits.set()
        self.join(30)
        if self._failed is not None:
            raise self._failed
