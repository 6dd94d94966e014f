"""Source or channel, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="source",
    name="Source or channel",
    data_class=DataClass.OPERATION,
    rank=96,
    needs_header=True,
    headers="""
        来源, 渠道, 销售渠道, 业务来源, 数据来源, 来源系统, 客户来源, laiyuan, qudao, xsqd, ywly,
        source, channel, sales channel, source system, data source, business source, sale chnl,
        sell type, selling channel, distribution channel, business channel, chnl code, xsqddm,
        qddm
    """,
)
