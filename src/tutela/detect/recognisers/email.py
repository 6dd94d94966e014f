"""E-mail addresses; no suffix list and no network."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

FORM = re.compile(
    r"[A-Za-z0-9_%+'&=#~-]{1,64}(?:\.[A-Za-z0-9_%+'&=#~-]{1,64}){0,8}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
)


def score(text: str) -> float:
    """1 for local part, labels and a top level of letters."""
    return 1.0 if "@" in text and len(text) <= 254 and FORM.fullmatch(text) else 0.0


RECOGNISER = register(
    Recogniser(
        id="email",
        name_en="E-mail",
        name_zh="电子邮箱",
        data_class=DataClass.CONTACT,
        score=score,
        rank=5,
        must_match=(
            "li.na@example.com",
            "a_b+c@mail.example.com.cn",
            "ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        ),
        must_not_match=(
            "li.na@example",
            "@example.com",
            "a..b@example.com",
            "li na@example.com",
            "a@-b.com",
        ),
    )
)
