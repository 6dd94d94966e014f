"""Status, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="status",
    name="Status",
    data_class=DataClass.OPERATION,
    rank=95,
    needs_header=True,
    headers="""
        状态, 保单状态, 案件状态, 客户状态, 结案状态, 标志, 是否有效, zhuangtai, bdzt, status,
        state, flag, policy status, claim status, is valid, is deleted, liability state,
        case state, app flag, policy state, ajzt, khzt, =zt, ztdm
    """,
)
