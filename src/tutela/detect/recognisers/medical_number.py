"""Medical record or insurance number, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser
from tutela.detect.recognisers import policy_number

RECOGNISER = Recogniser(
    id="medical_number",
    name="Medical record or insurance number",
    data_class=DataClass.HEALTH,
    rank=104,
    needs_header=True,
    headers="""
        病历号, 住院号, 门诊号, 社保号, 社保卡号, 医保卡号, 医保号, 医保编号, 社会保障号,
        就诊卡号, binglihao, zyh, ybkh, sbkh, medical record no, medical no, mrn,
        social security no, social security number, ssn, medical insurance no, patient id, blh,
        mzh, zhuyuanhao, 病案号, patient no, admission no, inpatient no
    """,
    form=policy_number.RECOGNISER.form,
    mask=policy_number.MASK,
    cleaned={"ZY 2024-001": "ZY2024-001"},
    refused={"ZY": "number_form"},
    masked={"ZY2024001234": "ZY20*****234"},
)
