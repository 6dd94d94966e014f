"""Vehicle identification number (GB 16735)."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.digits import vin_right
from tutela.detect.recognisers.registry import Recogniser, register


def score(text: str) -> float:
    """0.95 with the check sign right, 0.4 for the form: imports may lack a check sign."""
    if len(text) != 17:
        return 0.0
    right = vin_right(text.upper())
    if right is None or (text.isdigit() and not right):
        return 0.0
    return 0.95 if right else 0.4


RECOGNISER = register(
    Recogniser(
        id="vin",
        name_en="Vehicle identification number",
        name_zh="车辆识别代号",
        data_class=DataClass.VEHICLE,
        score=score,
        rank=21,
        must_match=("1M8GDM9AXKP042788", "lsvaa49j132047371", "１M8GDM9AXKP042788"),
        must_not_match=("1M8GDM9AXKP04278", "IM8GDM9AXKP042788", "12345678901234567"),
    )
)
