"""E-mail addresses, by form only."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width, unwrapped
from tutela.detect.primitives.typed_text import Span, TypedText
from tutela.detect.recogniser import (
    HIDDEN,
    Form,
    Mask,
    Problem,
    Recogniser,
    TextSearch,
    Today,
    matching,
)

FORM = re.compile(
    r"[A-Za-z0-9_%+'&=#~-]{1,64}(?:\.[A-Za-z0-9_%+'&=#~-]{1,64}){0,8}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{1,58}[A-Za-z0-9])",
    re.ASCII,
)
# Before the @ in other scripts (RFC 6531): letters, digits and the signs above.
_ANY_LOCAL = re.compile(r"[\w%+'&=#~-]{1,64}(?:\.[\w%+'&=#~-]{1,64}){0,8}")


def score(text: str) -> float:
    """1 for a local part, labels and a top-level domain of letters."""
    return 1.0 if "@" in text and is_address(text) else 0.0


def is_address(text: str) -> bool:
    """Whether a text has the form of an address, also one with a name or domain in other scripts."""
    if len(text) > 254:
        return False
    if text.isascii():
        return FORM.fullmatch(text) is not None
    local, _, domain = text.rpartition("@")
    if not _ANY_LOCAL.fullmatch(local) or normalize("NFKC", local) != local:
        return False
    try:
        coded = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return FORM.fullmatch("a@" + coded) is not None


WRONG_FORM = Problem("email_form", "The value does not have the format of an e-mail address.")
_CANONICAL = re.compile(
    r"[A-Za-z0-9_+-]{1,64}(?:\.[A-Za-z0-9_+-]{1,64}){0,4}@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.){1,4}[a-z]{2,24}"
)
_DOMAIN = re.compile(r"[A-Za-z0-9.-]{3,64}")
_LOCAL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_%+'&=#~-.")


def clean(text: str) -> str:
    """The domain in lower case; the local part unchanged."""
    text = unwrapped(half_width(text)).removeprefix("mailto:")
    local, at, domain = text.rpartition("@")
    return local + at + domain.lower()


def check(text: str, _today: Today) -> Problem | None:
    return None if is_address(text) else WRONG_FORM


def find(searched: TypedText) -> Iterator[Span]:
    text = searched.written
    at = text.find("@")
    while at >= 0:
        start = at
        while start and at - start < 64 and text[start - 1] in _LOCAL:
            start -= 1
        match = None
        while start < at and not (match := FORM.match(text, start, at + 256)):
            start += 1
        if match:
            yield match.span()
        at = text.find("@", at + 1)


def hide(value: str) -> str:
    """Show the domain, and the first character of a local part longer than two."""
    local, at, domain = value.rpartition("@")
    if not at or not _DOMAIN.fullmatch(domain):
        return HIDDEN
    return (local[0] if len(local) > 2 else "") + "***@" + domain


RECOGNISER = Recogniser(
    id="email",
    name="E-mail",
    data_class=DataClass.CONTACT,
    score=score,
    rank=5,
    names_field=True,
    headers="""
        邮箱, 电子邮箱, 电子邮件, 邮箱地址, 电邮, 邮件地址, 邮件, 电子邮件地址, youxiang,
        dianziyouxiang, dianziyoujian, yx, dzyx, dzyj, email, e mail, mail, email address,
        mail address, email addr, e mail addr, mail id, email1, email2, email address1, dzyxdz
    """,
    must_match=(
        "li.na@example.com",
        "a_b+c@mail.example.com.cn",
        "ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "li@例子.公司",
        "李娜@xn--fsqu00a.xn--55qx5d",
    ),
    must_not_match=(
        "li.na@example",
        "@example.com",
        "a..b@example.com",
        "li na@example.com",
        "a@-b.com",
    ),
    form=Form(clean, matching(_CANONICAL), check, (WRONG_FORM,)),
    mask=Mask("email", hide, shown=1, example="somebody@example.com"),
    in_text=TextSearch(
        noun="an e-mail address",
        order=110,
        find=find,
        examples=("ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "邮箱li.na@example.com.cn"),
        counter_examples=("@ 会议室 3@5", "li.na@example"),
    ),
    cleaned={
        "Li.Na@EXAMPLE.com": "Li.Na@example.com",
        "mailto:a@b.cn": "a@b.cn",
        "Li@例子.公司": "Li@例子.公司",
    },
    refused={
        "li.na@example": "email_form",
        "a..b@example.com": "email_form",
        ".a@example.com": "email_form",
        "a.@example.com": "email_form",
        "a@例子": "email_form",
    },
    masked={"zhang.san@example.com": "z***@example.com", "ab@example.com": "***@example.com"},
)
