"""What a file is, said by its bytes."""

import ast
import io
import re

import pytest

from tests.detect.files_made import FILES, compound
from tests.walls.house import place, sources
from tutela.detect.file_kinds import FileKind, fits_name, kind_of, kind_of_bytes


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_known_by_its_bytes(name):
    """Each for what it is, whatever it is called."""
    data, kind = FILES[name]
    assert kind_of_bytes(data) is kind


@pytest.mark.parametrize("name", FILES)
def test_no_cut_file_breaks_the_look(name):
    """Wherever a download broke off, and the file stands at its start again."""
    data, _kind = FILES[name]
    for length in {*range(0, min(len(data), 700), 7), len(data) // 2, max(0, len(data) - 30)}:
        file = io.BytesIO(data[:length])
        assert isinstance(kind_of(file), FileKind)
        assert file.tell() == 0


def test_a_directory_in_a_circle_ends():
    """Its one sector says that it comes after itself."""
    data = bytearray(compound("Data"))
    data[1024:1028] = (0).to_bytes(4, "little")
    assert kind_of_bytes(bytes(data)) is FileKind.OLE


def test_chinese_in_gb18030_is_no_mainframe_text():
    """Each two-byte character of the table of 6,763, in a text without line ends, commas or spaces."""
    signs = "".join(
        bytes((high, low)).decode("gb18030")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    for at in range(0, len(signs) - 8, 8):
        assert kind_of_bytes(signs[at : at + 8].encode("gb18030")) is FileKind.TEXT


@pytest.mark.parametrize(
    ("name", "of", "fits"),
    [
        ("a.PDF", "pdf", True),
        ("a.pdf", "png", False),
        ("a.docx", "docx", True),
        ("a.docx", "office with a password", True),
        ("a.docx", "xlsx", False),
        ("a.xlsx", "xls, and .et of WPS", False),
        ("a.xlsx", "half a zip", False),
        ("a.jpeg", "jpeg", True),
        ("a.jpg", "png", False),
        ("a.xls", "html", True),
        ("a.log", "pdf", True),
        ("pdf", "utf-8", True),
    ],
)
def test_a_name_fits_what_the_file_is(name, of, fits):
    """Only endings that say something certain are held against the content."""
    assert fits_name(FILES[of][1], name) is fits


SIGNATURE = re.compile(
    rb"PK[\x03\x05]|%PDF|\x89PNG|\xff\xd8\xff|\xd0\xcf\x11\xe0|\x1f\x8b|^PAR1|^Rar!"
)


def test_no_other_file_knows_signatures():
    """Three that differed were merged; a fourth begins with one literal."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for path, tree in sources().items()
        if path.name != "file_kinds.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, bytes)
        and SIGNATURE.search(node.value)
    ]
    assert not wrong, "\n".join(wrong)
