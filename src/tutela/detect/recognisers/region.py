"""Region, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="region",
    name="Region",
    data_class=DataClass.PROFILE,
    rank=101,
    needs_header=True,
    headers="""
        省份, 省, 城市, 市, 地区, 区县, 区, 县, 籍贯, 归属地, 号码归属地, 手机归属地, 行政区划,
        地区代码, shengfen, chengshi, diqu, province, city, district, county, region, area,
        area code, province code, city code, native place, native place code, province name,
        city name, ssq, =sf, =cs
    """,
)
