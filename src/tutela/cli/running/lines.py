"""Lines for the operator's log: of an exception only its kind and where it came from.

Its text stays out, because it may quote what somebody typed or what stood in a row.
"""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

Told: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class Lines(logging.Formatter):
    """One line a message, and one for the chain of exceptions behind it."""

    def formatException(self, ei: Told) -> str:  # noqa: N802 the library's name
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
    """The last place of a trace, as folder/file:line."""
    frames = traceback.extract_tb(trace)
    if not frames:
        return "unknown"
    return f"{'/'.join(frames[-1].filename.rsplit('/', 2)[-2:])}:{frames[-1].lineno}"
