"""Note, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="note",
    name="Note",
    data_class=DataClass.OPERATION,
    rank=97,
    needs_header=True,
    headers="""
        事由, 原因说明, reason, 备注, 说明, 描述, 事故经过, 出险经过, 备注信息, 内容, 案情,
        beizhu, bz, note, notes, remark, remarks, comment, comments, description, memo, content,
        accident description, loss description, loss desc, description of loss, narrative, cxjg,
        sgjg, anqing
    """,
)
