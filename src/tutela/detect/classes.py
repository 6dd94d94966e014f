"""Classes of personal data, with their default levels.

The numbers are part of stored records and of associated data: never reuse or renumber.
Levels are those of JR/T 0171-2020, C1 to C3; in JR/T 0197-2020 these are levels 2 to 4.
`sensitive` follows article 28 of the Personal Information Protection Law, interpreted cautiously:
data whose leak easily harms dignity, person or property. Companies may raise a level.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

Level = Literal["C1", "C2", "C3"]


class DataClass(IntEnum):
    """Stable numeric id of a class of personal data."""

    IDENTITY = 1
    CONTACT = 2
    BANK = 3
    HEALTH = 4
    CLAIM = 5
    POLICY = 6
    FAMILY = 7
    FINANCIAL = 8
    CREDENTIAL = 9
    BIOMETRIC = 10
    VEHICLE = 11
    PROFILE = 12
    OPERATION = 13

    @property
    def about(self) -> "ClassInfo":
        """Labels, default level and sensitivity of this class."""
        return CLASSES[self]


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """The properties of a class, unless a company sets stricter ones. `label_en` is the msgid."""

    label_en: str
    label_zh: str
    jrt0171: Level
    sensitive: bool


CLASSES: dict[DataClass, ClassInfo] = {
    DataClass.IDENTITY: ClassInfo("Identity", "身份信息", "C2", True),
    DataClass.CONTACT: ClassInfo("Contact", "联系方式", "C2", False),
    DataClass.BANK: ClassInfo("Bank and accounts", "银行账户", "C2", True),
    DataClass.HEALTH: ClassInfo("Health and medical", "健康医疗", "C2", True),
    DataClass.CLAIM: ClassInfo("Claim", "理赔信息", "C2", False),
    DataClass.POLICY: ClassInfo("Policy", "保单信息", "C2", False),
    DataClass.FAMILY: ClassInfo("Family and relations", "家庭关系", "C2", False),
    DataClass.FINANCIAL: ClassInfo("Financial information", "财务状况", "C2", True),
    DataClass.CREDENTIAL: ClassInfo("Credential", "鉴别信息", "C3", True),
    DataClass.BIOMETRIC: ClassInfo("Biometric", "生物特征", "C3", True),
    DataClass.VEHICLE: ClassInfo("Vehicle", "车辆信息", "C2", False),
    DataClass.PROFILE: ClassInfo("Profile", "个人概况", "C1", False),
    DataClass.OPERATION: ClassInfo("Business operation", "业务操作", "C1", False),
}
