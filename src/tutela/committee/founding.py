"""What the form for founding a committee starts with: the charter of the protection committee."""

from pathlib import Path
from typing import Any

from django.conf import settings

from .models import Committee

FIRST_CODE = "customer-information-protection"
_FOLDER = Path(__file__).parent / "charter_text"


def initial() -> dict[str, Any]:
    """The names, the rhythm and the texts, with the company's name filled in."""
    return {
        "name_zh": "客户信息保护委员会",
        "name_en": "Customer information protection committee",
        "every_months": 3,
        "quorum": 50,
        "text_zh": _charter("zh"),
        "text_en": _charter("en"),
    }


def _charter(language: str) -> str:
    text = (_FOLDER / f"charter.{language}.md").read_text(encoding="utf-8")
    return text.replace("{company}", settings.TUTELA_COMPANY)


def free_code() -> str:
    """The first committee's code, and a number behind it for further ones."""
    count = Committee.objects.count()
    return FIRST_CODE if not count else f"{FIRST_CODE}-{count + 1}"
