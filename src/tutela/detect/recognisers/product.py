"""Product, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="product",
    name="Product",
    data_class=DataClass.POLICY,
    rank=94,
    needs_header=True,
    names_field=True,
    headers="""
        险种, 险种代码, 险种名称, 产品, 产品名称, 产品代码, 险类, 条款, 主险, 附加险, xianzhong,
        xzmc, xzdm, cpmc, cpdm, product, product code, product name, product id, risk code,
        risk name, plan, plan code, coverage, class code, kind code, line of business, lob,
        risk no, plan name, product line, cpbh, main risk code, prod desc
    """,
)
