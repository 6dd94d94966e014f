"""Hospital: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, any_text

RECOGNISER = Recogniser(
    id="hospital",
    name="Hospital",
    data_class=DataClass.HEALTH,
    score=any_text,
    rank=105,
    needs_header=True,
    headers="""
        医院, 医院名称, 就诊医院, 医疗机构, 科室, yiyuan, yymc, hospital, hospital name, clinic,
        medical institution
    """,
    must_match=("A100",),
    must_not_match=("",),
)
