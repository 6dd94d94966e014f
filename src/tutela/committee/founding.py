"""Initial values of the form that founds a committee: those of the protection committee."""

from pathlib import Path
from typing import Any

from django.conf import settings

from .models import Committee

FIRST_CODE = "customer-information-protection"
_FOLDER = Path(__file__).parent / "charter_text"


def initial() -> dict[str, Any]:
    """Names, interval and charter, with the company's name filled in."""
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
    """The code of the first committee, with a number for further ones."""
    count = Committee.objects.count()
    return FIRST_CODE if not count else f"{FIRST_CODE}-{count + 1}"
