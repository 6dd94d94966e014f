"""Divisions of China as numbers and words (GB/T 2260 first two digits; place words)."""

from __future__ import annotations

PROVINCES: dict[str, str] = dict(
    pair.split(":")
    for pair in """11:北京 12:天津 13:河北 14:山西 15:内蒙古 21:辽宁 22:吉林 23:黑龙江 31:上海 32:江苏
    33:浙江 34:安徽 35:福建 36:江西 37:山东 41:河南 42:湖北 43:湖南 44:广东 45:广西 46:海南 50:重庆
    51:四川 52:贵州 53:云南 54:西藏 61:陕西 62:甘肃 63:青海 64:宁夏 65:新疆""".split()
)
PROVINCE_CODES = frozenset(PROVINCES)

PLATE_CHARS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"

# Two-digit area codes with the leading nought; all other codes have three digits after it.
SHORT_AREA_CODES = frozenset("010 020 021 022 023 024 025 027 028 029".split())
