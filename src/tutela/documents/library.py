"""The twelve policy templates, in both languages, with the placeholder {company}."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .errors import CompanyMissing, TemplateUnknown

_FOLDER = Path(__file__).parent / "templates_text"
# Code and owning post, in the order of adoption.
_OWNERS = {
    "customer-information-protection": "security_admin",
    "data-classification": "security_admin",
    "access-control": "system_admin",
    "encryption-and-keys": "system_admin",
    "transmission-and-sharing": "system_admin",
    "backup-and-recovery": "system_admin",
    "training-and-awareness": "hr_trainer",
    "incident-response": "security_admin",
    "compliance-audit": "compliance_officer",
    "complaints-and-requests": "compliance_officer",
    "retention-and-destruction": "compliance_officer",
    "third-parties": "compliance_officer",
}
CODES: tuple[str, ...] = tuple(_OWNERS)
# Shown for the company while the installation does not know its name.
NOBODY = {"zh": "〔公司名称〕", "en": "[company name]"}


@dataclass(frozen=True, slots=True)
class Template:
    """One template; its names are the first lines of its texts."""

    code: str
    owner: str
    text_zh: str
    text_en: str

    @property
    def name_zh(self) -> str:
        return _title(self.text_zh)

    @property
    def name_en(self) -> str:
        return _title(self.text_en)


def _title(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip().removeprefix("{company}").strip()


def template(code: str) -> Template:
    """By its code; TemplateUnknown."""
    if code not in _OWNERS:
        raise TemplateUnknown(template="?")
    return _read(code)


@cache
def _read(code: str) -> Template:
    zh, en = (
        (_FOLDER / f"{code}.{language}.md").read_text(encoding="utf-8") for language in ("zh", "en")
    )
    return Template(code, _OWNERS[code], zh, en)


def templates() -> list[Template]:
    return [_read(code) for code in CODES]


def filled(text: str, company: str) -> str:
    """The text with the company's name filled in; CompanyMissing."""
    name = " ".join(company.split())
    if not name:
        raise CompanyMissing
    return text.replace("{company}", name)
