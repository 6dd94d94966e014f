"""Log formatter that adds what a message of ours carries, and reduces an exception to its type and origin.

The text of an exception is omitted, because it may contain input or data of a row. Other libraries' records may
carry requests and addresses, so only ours say what they carry: codes, counts and names of types.
"""

import logging
import traceback
from types import TracebackType
from typing import Final, TypeAlias

ExceptionInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


_OURS: Final = "tutela."
_GIVEN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Lines(logging.Formatter):
    """One line per message, and one for its chain of exceptions."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the library's name
        """`… the watch begins again why=OperationalError`"""
        line = super().formatMessage(record)
        if not record.name.startswith(_OURS):
            return line
        carried = {key: value for key, value in vars(record).items() if key not in _GIVEN}
        return " ".join([line, *(f"{key}={value}" for key, value in carried.items())])

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 the library's name
        """`OperationalError at psycopg/connection.py:126 from ConnectionFailed at ...`"""
        chain: list[str] = []
        error = ei[1]
        while error is not None and len(chain) < 5:
            chain.append(f"{type(error).__name__} at {_origin(error.__traceback__)}")
            error = error.__cause__ or error.__context__
        return "  " + " from ".join(chain)

    def formatStack(self, stack_info: str) -> str:  # noqa: ARG002, N802 the library's names
        return ""


def _origin(trace: TracebackType | None) -> str:
    """The innermost frame of a traceback, as folder/file:line."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return "unknown"
    return f"{'/'.join(frames[-1].filename.rsplit('/', 2)[-2:])}:{frames[-1].lineno}"
