"""Engine number, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.recogniser import Form, Recogniser, matching
from tutela.detect.recognisers.policy_number import MASK

RECOGNISER = Recogniser(
    id="engine_number",
    name="Engine number",
    data_class=DataClass.VEHICLE,
    rank=103,
    needs_header=True,
    names_field=True,
    headers="""
        发动机号, 发动机号码, 引擎号, fadongjihao, fdjh, fdjhm, engine no, engine number,
        engine num, eng no, motor no, veh engine no
    """,
    form=Form(code, matching(r"[A-Z0-9]{5,40}")),
    mask=MASK,
    cleaned={"ea 888-123": "EA888123"},
    masked={"EA888123": "*****23"},
)
