"""The AppConfig of a room with a `register.py`.

In `apps.py` import the module, not the class: with two AppConfig classes there Django chooses neither.
"""

from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    """Calls `join()` of the room's `register.py` at start."""

    def ready(self) -> None:
        """Declare what the room has."""
        import_module(f"{self.name}.register").join()
