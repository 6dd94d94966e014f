"""What Django knows of a room that declares itself.

Import the module, not the class: of two such classes in an `apps.py` Django takes neither.
"""

from importlib import import_module

from django.apps import AppConfig


class Room(AppConfig):
    """A room with a `register.py`: its `join()` declares what the room has, while Django starts."""

    def ready(self) -> None:
        """Let the room declare."""
        import_module(f"{self.name}.register").join()
