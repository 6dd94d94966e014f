"""A request at this door, with what the door has put on it."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from tutela.base.actor import Actor

SETTLED: Final = "tutela.settled"
"""In the environment of a request that `direct.py` has run: what came of it. No header can have such a name."""


class Call(HttpRequest):
    """Only a type: the object is Django's own. `stated_purpose` is a Purpose's text, or empty."""

    actor: Actor
    stated_purpose: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A verb that was run and refused, and who called it for which purpose."""

    error: Exception
    actor: Actor
    purpose: str
