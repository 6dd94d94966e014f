"""Bank, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="bank_name",
    name="Bank",
    data_class=DataClass.BANK,
    rank=98,
    needs_header=True,
    names_field=True,
    headers="""
        开户行, 开户银行, 银行名称, 开户行名称, 银行, 收款银行, 所属银行, kaihuhang, khyh, yhmc,
        khhmc, bank, bank name, opening bank, bank branch, bank code, deposit bank, bank nm,
        bank full name, opening bank name, kaihuyinhang
    """,
)
