"""That bytes decode does not say that they are read right: text of another encoding is named, never stored."""

import pytest

from benchmarks.accuracy.encodings import KINDS, files
from tests.vault_importing.test_read_delimited import CASES
from tutela.detect import text_encodings
from tutela.vault.importing import errors, targets
from tutela.vault.importing.reading import read, sniff
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.importing.reading.table import ReadAs

TEXT = "客户号,姓名\nK1,李晓婷\nK2,王伟\n"
TAIWAN = "客戶號,姓名\nK1,陳志明\nK2,林淑芬\n"


def codec(data: bytes, encoding: str = "") -> str:
    return sniff.survey(BytesSource("f", data), encoding).encoding


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "gb18030"])
def test_a_file_of_another_encoding_is_named(kind):
    """Of made files, from one row to a thousand, each is refused, and nearly all are named right."""
    named = 0
    for _rows, data in files(kind, 30):
        with pytest.raises(errors.EncodingUnknown) as refused:
            codec(data)
        named += refused.value.params["looks"] == kind
    assert named >= 28


def test_files_in_gb18030_are_taken():
    """But one of a single name, of which nobody could tell."""
    refused = 0
    for rows, data in files("gb18030", 100):
        try:
            assert codec(data) == "gb18030"
        except errors.EncodingUnknown:
            refused += 1
            assert rows == 1
    assert refused <= 2


def test_what_a_person_says_is_taken():
    """By the names that people use."""
    assert codec(TAIWAN.encode("big5"), "Big5") == "big5hkscs"
    assert codec(TEXT.encode("gbk"), "GBK") == "gb18030"
    assert codec(TEXT.encode("utf-16-le"), "UTF-16LE") == "utf-16-le"
    assert codec(TEXT.encode("utf-16"), "utf-16le") == "utf-16"
    assert codec("name\nJosé\n".encode("cp1252"), "windows-1252") == "cp1252"
    table = read.open_table(
        BytesSource("f", (CASES / "24_big5.csv").read_bytes()),
        targets.known,
        ReadAs(encoding="big5"),
    )
    assert table.sample[0][1] == "陳大文"


@pytest.mark.parametrize(
    ("data", "encoding", "looks"),
    [
        (TEXT.encode("gbk"), "big5", "gb18030"),
        (TAIWAN.encode("big5"), "gbk", "big5"),
        (TEXT.encode("gbk"), "windows-1252", "gb18030"),
        (TEXT.encode("gbk"), "utf-16le", "gb18030"),
        (TEXT.encode("gbk"), "utf-16", "gb18030"),
    ],
)
def test_a_wrong_encoding_is_refused_though_it_decodes(data, encoding, looks):
    """A person's word is no reason to store other characters."""
    with pytest.raises((errors.EncodingDoubtful, errors.EncodingWrong)) as refused:
        codec(data, encoding)
    assert refused.value.params["looks"] == looks


def test_a_wrong_encoding_names_the_byte():
    """Bytes are counted from 0."""
    with pytest.raises(errors.EncodingWrong) as refused:
        codec(b"a,b\n" + TEXT.encode("gbk"), "utf-8")
    assert (refused.value.params["byte"], refused.value.params["looks"]) == (4, "gb18030")
    with pytest.raises(errors.EncodingUnsupported) as refused:
        codec(TEXT.encode(), "klingon")
    assert "klingon" not in f"{refused.value}{refused.value.text()}"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [("utf-8", "cp1252"), ("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "gb18030")],
)
def test_text_that_was_converted_wrongly_before_is_refused(written, read_as):
    """It is good UTF-8, of other characters."""
    with pytest.raises(errors.EncodingTwice):
        codec(TEXT.encode(written).decode(read_as, "replace").encode())


@pytest.mark.parametrize("encoding", ["hz", "iso2022_jp"])
def test_other_characters_in_plain_ascii_are_named(encoding):
    """Mail gateways of old hosts write them."""
    with pytest.raises(errors.EncodingHidden):
        codec("氏名,住所\n田中,京都\n".encode(encoding))


@pytest.mark.parametrize(
    "text",
    [
        "José Müller,Zoë Ñandú",
        "김철수,서울",
        "田中さくら",
        "陳志明,臺北市",
        "Иванов",
        "“a” – b",
        "喆,瑄",
        "宝马A6,A座",
        "é",
    ],
)
def test_what_is_good_utf_8_is_taken(text):
    """Whatever its language."""
    assert codec(f"a,b\n{text}\n".encode()) == "utf-8"
    assert codec(f"a,b\n{text}\n".encode("utf-8-sig")) == "utf-8-sig"


@pytest.mark.parametrize(
    "text", ["宝马A6", "A座3楼B室", "Tony王,3M公司", "王喆", "测试（上海）有限公司"]
)
def test_letters_beside_chinese_characters_are_nothing_strange(text):
    """Names of firms, models of cars."""
    assert text_encodings.likeliest(f"no,name\n1,{text}\n".encode("gb18030")) == "gb18030"
