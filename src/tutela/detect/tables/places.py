"""Provinces of China by the first two digits of GB/T 2260."""

from tutela.detect.tables.sections import words

PROVINCES: dict[str, str] = {pair[:2]: pair[2:] for pair in words("places.txt")["provinces"]}
PROVINCE_CODES = frozenset(PROVINCES)
PLATE_CHARS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
