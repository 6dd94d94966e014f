"""Limits of one web process."""

from dataclasses import dataclass

from django.conf import settings

READERS = 512
"""Requests whose bodies are read concurrently; each occupies only a blocked thread."""
PLACES = 8
"""Requests that Django handles concurrently; each place has its own database connection."""
PLACE_SECONDS = 30.0
SMALL = 64 * 1024
"""A body up to this is read in one piece and stays in memory."""
LARGE = 1024 * 1024
"""A body above this is encrypted on disk, and accepted only from a signed-in sender."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The configurable limits."""

    body_seconds: float
    body_rate: int
    body_bytes: int
    memory_bytes: int
    idle_seconds: float
    connections: int
    connections_an_address: int
    readers: int = READERS


def of_settings() -> Limits:
    """The limits of the settings."""
    return Limits(
        body_seconds=settings.TUTELA_BODY_SECONDS,
        body_rate=settings.TUTELA_BODY_BYTES_A_SECOND,
        body_bytes=settings.TUTELA_BODY_MEGABYTES * 1024 * 1024,
        memory_bytes=settings.TUTELA_BODIES_MEGABYTES * 1024 * 1024,
        idle_seconds=settings.TUTELA_IDLE_SECONDS,
        connections=settings.TUTELA_CONNECTIONS,
        connections_an_address=settings.TUTELA_CONNECTIONS_AN_ADDRESS,
    )
