"""What rooms put into the frame of every page. `web` imports none of them: they declare it at start.

A box stands in the head of each page, where its room has something for the reader. `{% frame_boxes %}` draws them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from tutela.base.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """`context` gives what the template needs for this reader and page; None where the box is not for them."""

    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]


BOXES: Final = Registry[Box]("boxes of the frame")


def declare_box(room: str, box: Box) -> None:
    BOXES.declare(room, box)
