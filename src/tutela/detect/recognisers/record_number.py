"""Serial number, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="record_number",
    name="Serial number",
    data_class=DataClass.OPERATION,
    rank=91,
    needs_header=True,
    headers="""
        流水号, 订单号, 交易号, 交易流水号, 订单编号, 序号, 行号, 批次号, 单证号, 发票号,
        工单号, liushuihao, lsh, dingdanhao, ddh, xuhao, serial no, serial number, order no,
        order id, order number, transaction id, trans no, trx id, txn id, seq, seq no, sequence,
        row no, batch no, invoice no, record id, trace id, uuid, work order no
    """,
)
