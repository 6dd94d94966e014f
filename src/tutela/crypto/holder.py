"""What every object that holds key material has in common."""

from typing import Never


class KeyHolder:
    """Cannot be pickled, and prints as its class name only."""

    __slots__ = ()

    def __reduce__(self) -> Never:
        raise TypeError("key material is never serialised")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
