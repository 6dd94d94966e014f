"""Claim, report and case numbers, known by their header because each insurer has its own pattern."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.typed_text import Context
from tutela.detect.recogniser import Recogniser, TextSearch
from tutela.detect.recognisers import policy_number

CONTEXT = Context(
    "赔案, 理赔, 报案, 立案, 赔付, claim no, claim num, claim number, claim id, claimno",
    policy_number.GAP,
)


RECOGNISER = Recogniser(
    id="claim_number",
    name="Claim number",
    data_class=DataClass.CLAIM,
    score=policy_number.score,
    rank=71,
    needs_header=True,
    headers="""
        赔案号, 赔案号码, 赔案编号, 理赔号, 理赔编号, 案件号, 案件编号, 报案号, 报案编号, 立案号,
        立案编号, 结案号, 案号, 索赔号, peianhao, lipeihao, baoanhao, anjianhao, pah, lph, bah,
        lah, ajh, claim, claim no, claim num, claim number, claim id, claim code, case no,
        case number, report no, registration no, regist no, notification no, loss no, rgt no,
        clm case no, registration number, clmh, bajh, lpah
    """,
    must_match=("C2024032010000123", "RDAA202432010000012345"),
    must_not_match=("赔案", "1234", "CLAIM"),
    form=policy_number.RECOGNISER.form,
    mask=policy_number.MASK,
    in_text=TextSearch(
        noun="a claim number",
        order=120,
        find=policy_number.numbers_behind(CONTEXT),
        examples=("赔案号：C2024032010000123", "claim no. RDAA202432"),
        counter_examples=("理赔 2026-11-28 到账", "立案 1234567 件"),
    ),
    cleaned={" C2024 0320": "C20240320"},
    refused={"CL": "number_form"},
    masked={"C2024032010000123": "C202*****123"},
)
