"""Foreign permanent resident identity card: 18 characters from 2023, 15 before."""

from __future__ import annotations

import re

from tutela.detect.classes import DataClass
from tutela.detect.digits import dated_id_problem
from tutela.detect.recognisers.registry import Recogniser, register

OLD_FORM = re.compile(r"[A-Z]{3}\d{12}")


def score(text: str) -> float:
    """1 for the new form with day and check digit right, 0.4 for the old form."""
    if len(text) == 18 and text[0] == "9":
        return 0.0 if dated_id_problem(text.upper(), "") else 1.0
    return 0.4 if len(text) == 15 and OLD_FORM.fullmatch(text.upper()) else 0.0


RECOGNISER = register(
    Recogniser(
        id="foreign_resident_id",
        name_en="Foreign permanent resident ID",
        name_zh="外国人永久居留身份证",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=12,
        must_match=("91112419900101001X", "USA110055010124"),
        must_not_match=("911124199013010013", "US1110055010124", "110105194912310021"),
    )
)
