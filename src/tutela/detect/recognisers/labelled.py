"""Kinds that only a header can tell: any value fits, so they are never found by values."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register

# id, English, Chinese, class
_KINDS = (
    ("customer_number", "Customer number", "客户号", DataClass.OPERATION),
    ("record_number", "Serial number", "流水号", DataClass.OPERATION),
    ("branch", "Branch", "机构", DataClass.OPERATION),
    ("agent", "Agent or staff", "业务员", DataClass.OPERATION),
    ("product", "Product", "险种", DataClass.POLICY),
    ("status", "Status", "状态", DataClass.OPERATION),
    ("source", "Source or channel", "来源渠道", DataClass.OPERATION),
    ("note", "Note", "备注", DataClass.OPERATION),
    ("bank_name", "Bank", "开户行", DataClass.BANK),
    ("company", "Employer or company", "工作单位", DataClass.PROFILE),
    ("nationality", "Nationality", "国籍", DataClass.PROFILE),
    ("region", "Region", "地区", DataClass.PROFILE),
    ("vehicle_model", "Vehicle model", "厂牌型号", DataClass.VEHICLE),
    ("engine_number", "Engine number", "发动机号", DataClass.VEHICLE),
    ("medical_number", "Medical record or insurance number", "病历号", DataClass.HEALTH),
    ("hospital", "Hospital", "医院", DataClass.HEALTH),
    ("password", "Password or secret", "密码", DataClass.CREDENTIAL),
    ("biometric", "Biometric template", "生物特征", DataClass.BIOMETRIC),
    ("chat_account", "Chat or pay account", "社交账号", DataClass.CONTACT),
)


def score(text: str) -> float:
    """0.35 for any text: enough under a header, never without."""
    return 0.35 if text else 0.0


for _id, _en, _zh, _data_class in _KINDS:
    register(
        Recogniser(
            id=_id,
            name_en=_en,
            name_zh=_zh,
            data_class=_data_class,
            score=score,
            rank=90,
            needs_header=True,
            must_match=("A100",),
            must_not_match=("",),
        )
    )
