"""Branch, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="branch",
    name="Branch",
    data_class=DataClass.OPERATION,
    rank=92,
    needs_header=True,
    headers="""
        机构, 分公司, 支公司, 机构代码, 机构名称, 归属机构, 承保机构, 出单机构, 管理机构, 营业部,
        网点, 部门, 所属机构, 机构编码, jigou, jgdm, jgmc, fgs, branch, branch code, branch no,
        branch name, branch id, org, org code, org id, com code, department, dept, dept code,
        office, company code, institution, manage com, organ id, organ code, management company,
        sub company, jgbm, fgsdm, fgsmc
    """,
)
