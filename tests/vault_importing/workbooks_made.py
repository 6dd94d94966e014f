"""Workbooks written part by part, in spellings that no library writes and that other programs do."""

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = '<row r="1"><c r="A1" t="str"><v>客户号</v></c><c r="B1" t="str"><v>姓名</v></c><c r="C1" t="str"><v>{name}</v></c></row>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return held.getvalue()


def links(*targets: tuple[str, str], folder: str = OFFICE) -> str:
    """Relationships with the ids rId1, rId2 … of (kind, target)."""
    lines = (
        f'<Relationship Id="rId{at}" Type="{folder}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{LINKS}">{"".join(lines)}</Relationships>'


def sheet_xml(rows: str, after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    properties: str = "",
    calculation: str = "",
    styles: str = "",
    strings: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook: XML of each sheet by its name, states of those that are not visible."""
    states = states or {}
    listed, targets = [], []
    for at, name in enumerate(sheets, 1):
        state = f' state="{states[name]}"' if name in states else ""
        listed.append(f'<sheet name="{name}" sheetId="{at}"{state} r:id="rId{at}"/>')
        targets.append(("worksheet", f"worksheets/sheet{at}.xml"))
    targets += [("styles", "styles.xml")] * bool(styles)
    targets += [("sharedStrings", "sharedStrings.xml")] * bool(strings)
    made: dict[str, str | bytes] = {
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        f"<sheets>{''.join(listed)}</sheets>{calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": links(*targets),
    }
    for at, xml in enumerate(sheets.values(), 1):
        made[f"xl/worksheets/sheet{at}.xml"] = xml
    if styles:
        made["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    if strings:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return made


def workbook(*rows: str, name: str = "备注", after: str = "", **others: str) -> bytes:
    """One sheet with a header of 客户号, 姓名 and a name, and rows below it."""
    xml = sheet_xml(NAMES.format(name=name) + "".join(rows), after)
    return zipped(parts({"Sheet1": xml}, **others))  # type: ignore[arg-type]


def row(number: int, third: str) -> str:
    """A customer's row with a cell of any XML in the third column."""
    return (
        f'<row r="{number}"><c r="A{number}" t="str"><v>K{number}</v></c>'
        f'<c r="B{number}" t="str"><v>欧阳测试</v></c>{third}</row>'
    )


def formats(*numbers: int | str) -> str:
    """Styles 0, 1, 2 … of built-in formats by number, or of formats by code."""
    codes = [code for code in numbers if isinstance(code, str)]
    own = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>' for at, code in enumerate(codes)
    )
    xfs = "".join(
        f'<xf numFmtId="{200 + codes.index(n) if isinstance(n, str) else n}"/>' for n in numbers
    )
    return f'<numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{xfs}</cellXfs>'
