"""Engine number: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.recogniser import Form, Recogniser, any_text, matching
from tutela.detect.recognisers.policy_number import MASK

RECOGNISER = Recogniser(
    id="engine_number",
    name="Engine number",
    data_class=DataClass.VEHICLE,
    score=any_text,
    rank=103,
    needs_header=True,
    headers="""
        发动机号, 发动机号码, 引擎号, fadongjihao, fdjh, fdjhm, engine no, engine number,
        engine num, eng no
    """,
    must_match=("A100",),
    must_not_match=("",),
    form=Form(code, matching(r"[A-Z0-9]{5,40}")),
    mask=MASK,
    cleaned={"ea 888-123": "EA888123"},
    masked={"EA888123": "*****23"},
)
