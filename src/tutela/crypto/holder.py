"""The base class of all objects with key material."""

from typing import Never


class KeyHolder:
    """Cannot be pickled; its repr is the class name only."""

    __slots__ = ()

    def __reduce__(self) -> Never:
        raise TypeError("key material is never serialised")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
