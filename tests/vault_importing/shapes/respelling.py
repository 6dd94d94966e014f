"""The same workbook in other XML: what the standard allows and other programs write.

Every spelling leaves what a spreadsheet shows as it was.
"""

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
TO_REPLACE = "yyyy-mm-dd;@;@"
"""The format that `with_built_in_format` gives another number."""


def respelt(data: bytes, spelling: str, sheet: str) -> bytes:
    """A workbook whose sheet of a name is spelt in a way of SPELLINGS."""
    change, every = SPELLINGS[spelling]
    target = member_of(data, sheet)
    return _with_members(
        data,
        lambda name, text: change(text) if name == target or (every and _is_xml(name)) else text,
    )


def member_of(data: bytes, sheet: str) -> str:
    """Where in the workbook the sheet of a name is kept."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        listed = etree.fromstring(book.read("xl/workbook.xml"))
        known = etree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    (relation,) = (
        s.get(f"{{{_RELATIONS}}}id")
        for s in listed.iter(f"{{{MAIN}}}sheet")
        if s.get("name") == sheet
    )
    (target,) = (r.get("Target") for r in known if r.get("Id") == relation)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def with_built_in_format(data: bytes, number: int) -> bytes:
    """A workbook whose days have a built-in format, by its number alone."""

    def changed(name: str, text: bytes) -> bytes:
        if name != "xl/styles.xml":
            return text
        own = re.search(rb'<numFmt (?=[^>]*formatCode="yyyy-mm-dd;@;@")[^>]*numFmtId="(\d+)"', text)
        if not own:
            return text
        text = re.sub(rb'<numFmt (?=[^>]*numFmtId="%s")[^>]*/>' % own[1], b"", text)
        text = re.sub(rb'<numFmts count="\d+" ?/>|<numFmts count="\d+">\s*</numFmts>', b"", text)
        return text.replace(b'numFmtId="%s"' % own[1], b'numFmtId="%d"' % number)

    return _with_members(data, changed)


def _with_members(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return held.getvalue()


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _tree(text: bytes) -> etree._Element:
    return etree.fromstring(text)


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cells(tree: etree._Element) -> list[etree._Element]:
    return list(tree.iter(f"{{{MAIN}}}c"))


def _said(text: bytes) -> bytes:
    """Cells say that they are numbers, which nobody needs to say."""
    tree = _tree(text)
    for cell in _cells(tree):
        if cell.get("t") is None and len(cell):
            cell.set("t", "n")
    return _written(tree)


def _turned(text: bytes) -> bytes:
    """Attributes in another order."""
    tree = _tree(text)
    for cell in _cells(tree):
        facts = list(cell.attrib.items())
        cell.attrib.clear()
        for name, value in reversed(facts):
            cell.set(name, value)
    return _written(tree)


def _single_quoted(text: bytes) -> bytes:
    return re.sub(
        rb"""(<[^<>]*>)""", lambda tag: re.sub(rb"""="([^"'<>]*)\"""", rb"='\1'", tag[1]), text
    )


def _prefixed(text: bytes) -> bytes:
    """Every element under a prefix, as some libraries of Java and .NET write."""
    tree = _tree(text)
    held = etree.Element(tree.tag, nsmap={"x": MAIN, **{k: v for k, v in tree.nsmap.items() if k}})
    held.attrib.update(tree.attrib)
    held.extend(list(tree))
    etree.cleanup_namespaces(held, keep_ns_prefixes=["x"])
    return _written(held)


def _aired(text: bytes) -> bytes:
    """Line breaks between elements and within tags."""
    text = re.sub(rb"<c r=", b"<c\n   r=", text)
    return re.sub(rb"</(row|c)>", rb"</\1>\n  ", text)


def _named_by_place(text: bytes) -> bytes:
    """Cells without their place: each stands after the one before; blanks are empty elements."""
    tree = _tree(text)
    for row in tree.iter(f"{{{MAIN}}}row"):
        next_place = 1
        for cell in list(row):
            place = _column(cell.attrib.pop("r"))
            for _gap in range(next_place, place):
                cell.addprevious(etree.Element(f"{{{MAIN}}}c"))
            next_place = place + 1
    return _written(tree)


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _java(text: bytes) -> bytes:
    """Numbers as Java writes a double: 1.3800138E10."""
    tree = _tree(text)
    for cell in _cells(tree):
        value = cell.find(f"{{{MAIN}}}v")
        if cell.get("t") in {None, "n"} and value is not None and value.text:
            value.text = java_double(float(value.text))
    return _written(tree)


def java_double(value: float) -> str:
    """The text of `Double.toString`: plain from 10^-3 to 10^7, scientific elsewhere."""
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(float(value))
    mantissa, _, exponent = f"{value!r}".partition("e")
    if not exponent:
        digits = next(shown for size in range(17) if float(shown := f"{value:.{size}e}") == value)
        mantissa, _, exponent = digits.partition("e")
    mantissa = mantissa if "." in mantissa else mantissa + ".0"
    return f"{mantissa}E{int(exponent)}"


def _entities(text: bytes) -> bytes:
    """Characters of other scripts as references."""
    return re.sub(r"[^\x00-\x7f]", lambda sign: f"&#x{ord(sign[0]):X};", text.decode()).encode()


def _undimensioned(text: bytes) -> bytes:
    """A sheet that says it had one cell, as programs that append rows leave it."""
    return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', text)


def _strict(text: bytes) -> bytes:
    text = text.replace(MAIN.encode(), STRICT.encode())
    return text.replace(_RELATIONS.encode(), _STRICT_RELATIONS.encode())


def _commented(text: bytes) -> bytes:
    """A comment and an unknown extension between the rows."""
    return text.replace(b"</row>", b'</row><!-- <c r="A1"><v>1</v></c> -->', 3)


SPELLINGS: dict[str, tuple[Callable[[bytes], bytes], bool]] = {
    "said": (_said, False),
    "turned": (_turned, False),
    "single quotes": (_single_quoted, False),
    "prefixed": (_prefixed, False),
    "aired": (_aired, False),
    "by place": (_named_by_place, False),
    "java": (_java, False),
    "entities": (_entities, False),
    "one cell": (_undimensioned, False),
    "strict": (_strict, True),
    "comments": (_commented, False),
}
"""Name → the change, and whether all members are changed, not the sheet alone."""
MAY_BE_REFUSED = frozenset({"strict"})
