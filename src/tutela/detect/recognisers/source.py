"""Source or channel: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, any_text

RECOGNISER = Recogniser(
    id="source",
    name="Source or channel",
    data_class=DataClass.OPERATION,
    score=any_text,
    rank=96,
    needs_header=True,
    headers="""
        来源, 渠道, 销售渠道, 业务来源, 数据来源, 来源系统, 客户来源, laiyuan, qudao, xsqd,
        ywly, source, channel, sales channel, source system, data source, business source
    """,
    must_match=("A100",),
    must_not_match=("",),
)
