"""Resident identity number of 18 characters (GB 11643)."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.digits import resident_problem
from tutela.detect.recognisers.registry import Recogniser, register


def score(text: str) -> float:
    """1 with province, day and check digit right; a wrong check digit alone gives 0.1."""
    if len(text) < 18:
        return 0.0
    if len(text) > 18:
        text = text.replace(" ", "").replace("-", "")
    problem = resident_problem(text.upper(), "")
    return 1.0 if problem is None else 0.1 if problem == "id_check_digit" else 0.0


RECOGNISER = register(
    Recogniser(
        id="resident_id18",
        name_en="Resident ID number",
        name_zh="居民身份证号码",
        data_class=DataClass.IDENTITY,
        score=score,
        rank=10,
        must_match=(
            "11010519491231002X",
            "11010519491231002x",
            "440524198001010013",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105 19491231 002X",
        ),
        must_not_match=(
            "110105194912310021",
            "20240305101112345X",
            "81000019900101001X",
            "110105194902300025",
            "11010519491231002",
            "1101051949123100211",
        ),
    )
)
