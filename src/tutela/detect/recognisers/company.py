"""Employer or company: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, any_text

RECOGNISER = Recogniser(
    id="company",
    name="Employer or company",
    data_class=DataClass.PROFILE,
    score=any_text,
    rank=99,
    needs_header=True,
    headers="""
        工作单位, 单位, 单位名称, 公司名称, 企业名称, 公司, 雇主, 投保单位, gongzuodanwei, dwmc,
        gzdw, gsmc, employer, company, company name, work unit, organization name,
        organisation name, corp name, enterprise name
    """,
    must_match=("A100",),
    must_not_match=("",),
)
