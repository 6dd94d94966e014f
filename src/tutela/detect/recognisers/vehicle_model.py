"""Vehicle model, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="vehicle_model",
    name="Vehicle model",
    data_class=DataClass.VEHICLE,
    rank=102,
    needs_header=True,
    names_field=True,
    headers="""
        厂牌型号, 车型, 品牌型号, 车辆型号, 车辆品牌, 车型名称, 品牌, cpxh, chexing,
        vehicle model, car model, model, brand, vehicle brand, make, model name, vehicle type,
        veh model, veh make, vehicle make, =cx, cxmc, ppxh
    """,
)
