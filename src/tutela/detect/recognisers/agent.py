"""Agent or staff, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="agent",
    name="Agent or staff member",
    data_class=DataClass.OPERATION,
    rank=93,
    needs_header=True,
    headers="""
        处理人, 受理人, assignee, 业务员, 代理人, 代理人姓名, 业务员姓名, 业务员代码, 业务员工号,
        客户经理, 服务人员, 经办, 操作员, 核保人, 查勘员, 定损员, 理赔员, 工号, 员工号, 坐席,
        录入员, 录入人, yewuyuan, dailiren, ywy, dlr, agent, agent code, agent no, agent name,
        agent id, salesman, sales, operator, staff, staff no, staff id, employee no, employee id,
        handler, surveyor, underwriter, adjuster, created by, updated by, account manager,
        producer code, producer name, producer no, assigned user, assigned to, agent group,
        sales code, broker, broker code, broker name, intermediary, ywydm, ywybh, ywyxm, ywygh,
        dlrdm, dlrxm, khjl, czy, 代理人代码, 代理人编码, 业务员编号, 经纪人,
        出单员, 出单人, 录单员
    """,
)
