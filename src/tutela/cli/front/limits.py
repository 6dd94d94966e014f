"""What one web process takes from outside, as its settings say."""

from dataclasses import dataclass

from django.conf import settings

READERS = 512
"""Requests whose bodies are read at once; each holds a thread that waits, and nothing else."""
PLACES = 8
"""Requests that Django works on at once; each place has a database connection of its own."""
PLACE_SECONDS = 30.0
SMALL = 64 * 1024
"""A body up to this is read in one piece and stays in memory."""
LARGE = 1024 * 1024
"""A body above this is sealed on disk, and taken only from who is known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one web process."""

    body_seconds: float
    body_rate: int
    body_bytes: int
    memory_bytes: int
    idle_seconds: float
    connections: int
    connections_an_address: int
    readers: int = READERS


def of_settings() -> Limits:
    """The limits that the operator chose."""
    return Limits(
        body_seconds=settings.TUTELA_BODY_SECONDS,
        body_rate=settings.TUTELA_BODY_BYTES_A_SECOND,
        body_bytes=settings.TUTELA_BODY_MEGABYTES * 1024 * 1024,
        memory_bytes=settings.TUTELA_BODIES_MEGABYTES * 1024 * 1024,
        idle_seconds=settings.TUTELA_IDLE_SECONDS,
        connections=settings.TUTELA_CONNECTIONS,
        connections_an_address=settings.TUTELA_CONNECTIONS_AN_ADDRESS,
    )
