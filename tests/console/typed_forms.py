"""The forms of a page as a browser would send them, with something in every field."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile

from tutela.base import clock

TYPED = frozenset({"text", "search", "textarea", "password", "file", "url", "email", ""})
CSV = "客户号,姓名\nQ1,张三\n".encode()


@dataclass
class PageForm:
    """One form: where it goes, what it sends, in which fields a person types, by which buttons."""

    action: str
    sent: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    def data(self, name: str, text: str) -> dict[str, Any]:
        """What a browser sends when a field holds a text, and the others something short."""
        data: dict[str, Any] = dict(self.sent)
        for label, kind in self.typed.items():
            if kind != "file":
                data[label] = text if label == name else "Words"
            elif label == name:
                data[label] = SimpleUploadedFile(f"{text}.csv", CSV)
        return data


class Forms(HTMLParser):
    """Reads the forms that are posted; `forms` by their place in the page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self._open, self._select = address, [], None, ""
        self._named: dict[str, PageForm] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = have.get("action") or have.get("hx-post") or ""
            self._open = PageForm(urljoin(self.address, action))
            self._named[have.get("id", "")] = self._open
            if have.get("method", "").lower() == "post" or "hx-post" in have:
                self.forms.append(self._open)
        owner = self._named.get(have.get("form", "-")) or self._open
        if owner is None:
            return
        if tag == "button" or (tag == "input" and have.get("type") == "submit"):
            place = urljoin(self.address, have.get("formaction") or owner.action)
            owner.buttons.append((place, have.get("name", ""), have.get("value", "")))
        elif tag in {"input", "textarea"} and have.get("name"):
            self._field(owner, have, "textarea" if tag == "textarea" else have.get("type", ""))
        elif tag == "select":
            self._select = have.get("name", "")
        elif tag == "option" and self._select and have.get("value"):
            if "selected" in have:
                owner.sent[self._select] = have["value"]
            owner.sent.setdefault(self._select, have["value"])

    def _field(self, owner: PageForm, have: dict[str, str], kind: str) -> None:
        name = have["name"]
        if kind in TYPED:
            owner.typed[name] = kind
        elif kind in {"checkbox", "radio"}:
            owner.sent.setdefault(name, have.get("value", "on"))
        elif kind == "number":
            owner.sent[name] = have.get("value") or have.get("min") or "1"
        elif kind in {"date", "datetime-local"}:
            owner.sent[name] = have.get("value") or clock.today().isoformat()
        else:
            owner.sent[name] = have.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""


def forms_of(page: str, address: str) -> list[PageForm]:
    """Every posted form of a page in which something can be typed."""
    reader = Forms(address)
    reader.feed(page)
    return [form for form in reader.forms if form.typed]
