"""The reader's language. Tutela speaks two: Simplified Chinese and English.

Whoever asks for Traditional Chinese (zh-TW, zh-HK, zh-Hant) reads Simplified: of the two it is the one they read
without a dictionary. Where nobody reads (a worker, a start) the installation's own language holds.
"""

from typing import Protocol

from django.conf import settings
from django.utils.translation import get_language


def is_chinese(code: str | None) -> bool:
    """Whether a language code or a locale's name (`zh-hant-hk`, `zh_TW.UTF-8`) is Chinese of any script."""
    return (code or "").lower().startswith("zh")


def reads_chinese() -> bool:
    """Whether the active language is Chinese."""
    return is_chinese(get_language() or settings.LANGUAGE_CODE)


class Named(Protocol):
    """What has a name in each language: a field, a post, a branch, a measure."""

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


def name_of(thing: Named) -> str:
    """Its name in the active language."""
    return str(thing.name_zh if reads_chinese() else thing.name_en)
