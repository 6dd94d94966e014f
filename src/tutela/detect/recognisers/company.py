"""Employer or company, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="company",
    name="Employer or company",
    data_class=DataClass.PROFILE,
    rank=99,
    needs_header=True,
    names_field=True,
    headers="""
        工作单位, 单位, 单位名称, 公司名称, 企业名称, 公司, 雇主, 投保单位, gongzuodanwei, dwmc,
        gzdw, gsmc, employer, company, company name, work unit, organization name,
        organisation name, corp name, enterprise name, grp name, group name, company nm,
        employer name, gzdwmc, qymc
    """,
)
