"""Hospital, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="hospital",
    name="Hospital",
    data_class=DataClass.HEALTH,
    rank=105,
    needs_header=True,
    names_field=True,
    headers="""
        医院, 医院名称, 就诊医院, 医疗机构, 科室, yiyuan, yymc, hospital, hospital name, clinic,
        medical institution, hosp nm, hospital code, jzyy, jzyiyuan, jiuzhenyiyuan
    """,
)
