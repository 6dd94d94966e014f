"""In which encoding a text is: a byte order mark, else UTF-8, else GB18030 if it reads as Chinese, or what a
person says. Each is believed only when nearly all bytes of the whole file fit and the text looks like one
(`detect.text_encodings`): bytes that merely decode would be stored as other characters.

Single bytes that do not fit (one in fifty of those above ASCII at most) are kept as lone surrogates, by which
`prepare` rejects their rows.
"""

import codecs
import re
from collections.abc import Iterable
from typing import Final

from tutela.detect import text_encodings
from tutela.vault.importing.errors import (
    EncodingDoubtful,
    EncodingHidden,
    EncodingTwice,
    EncodingUnknown,
    EncodingUnsupported,
    EncodingWrong,
)

ESCAPE: Final = "surrogateescape"
ESCAPED: Final = re.compile("[\udc80-\udcff]")
_ASCII: Final = bytes(range(128))
_HEAD = 1 << 16
_PART = 1 << 11
_MOST_SAMPLE = 1 << 17
_MOST_CONVERTED = 1 << 13
_ENOUGH_MISFITS = 100_000
_MOST_NULS = 50
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NAMES: Final = {
    "utf-8": "utf8 utf8sig utf8bom",
    "utf-16": "utf16 unicode",
    "utf-16le": "utf16le",
    "utf-16be": "utf16be",
    "gb18030": "gb18030 gbk gb2312 cp936 euccn",
    "big5": "big5 big5hkscs cp950",
    "shift-jis": "shiftjis sjis cp932",
    "euc-jp": "eucjp",
    "euc-kr": "euckr cp949 uhc",
    "windows-1252": "windows1252 cp1252 iso88591 latin1",
    "windows-1251": "windows1251 cp1251",
}
NAMES: Final = tuple(_NAMES)
"""What a person may say, each by its first name; GBK and GB 2312 are parts of GB18030."""
_BY_WORD: Final = {word: name for name, words in _NAMES.items() for word in words.split()}


def name_of(given: str) -> str:
    """The name of an encoding as a person writes it (GBK, utf_8, Big5-HKSCS); "" stays "". EncodingUnsupported."""
    word = re.sub(r"[^a-z0-9]", "", given.lower())
    if not given.strip():
        return ""
    if word not in _BY_WORD:
        raise EncodingUnsupported(names=", ".join(NAMES))
    return _BY_WORD[word]


def codec_of(name: str) -> str:
    """Python's codec for one of NAMES."""
    known = text_encodings.known()
    return known[name].codec if name in known else name


def codec_to_try(head: bytes, name: str) -> str:
    """The codec to read a file in that begins so: of the encoding that was named, or as its mark says."""
    marked = next((codec for mark, codec in MARKS if head.startswith(mark)), "")
    if not name:
        return marked or "utf-8"
    codec = codec_of(name)
    return marked if marked and _family(marked) == _family(codec) else codec


def _family(codec: str) -> str:
    return codec.replace("-sig", "").replace("-le", "").replace("-be", "")


class Fit:
    """How a file's bytes, added block by block, fit a codec: those above ASCII, how many of them fit not, and
    where the first stands, -1 for none. `sample`: some of the file's lines, from all its parts."""

    def __init__(self, codec: str) -> None:
        self.codec = codec
        self.first = -1
        self.sample = bytearray()
        self._high = self._misfits = self._size = 0
        self._decoder = codecs.getincrementaldecoder(codec)(ESCAPE)
        self._hopeless = False

    def add(self, block: bytes, *, last: bool = False) -> None:
        if len(self.sample) < _MOST_SAMPLE:
            self.sample += _lines_of(block, first=not self._size)
        if self._hopeless:
            return
        self._high += 0 if block.isascii() else len(block.translate(None, _ASCII))
        waiting = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(block, last)
        except UnicodeDecodeError as misfit:  # of UTF-16 no byte can be kept as a surrogate
            self._give_up(self._size - waiting + misfit.start)
            return
        except UnicodeError:  # Python's UTF-16 wants a byte order mark
            self._give_up(0)
            return
        if not text.isascii():
            self._count(text, self._size - waiting)
        self._size += len(block)

    def _count(self, text: str, start: int) -> None:
        try:
            text.encode()  # a lone surrogate stops it; a third of the time of looking for one
        except UnicodeEncodeError as misfit:
            self._misfits += len(ESCAPED.findall(text))
            if self.first < 0:
                codec = self.codec.removesuffix("-sig")
                self.first = start + len(text[: misfit.start].encode(codec, ESCAPE))
            self._hopeless = self._misfits > _ENOUGH_MISFITS and self._misfits * 4 > self._high

    def _give_up(self, at: int) -> None:
        self._hopeless = True
        if self.first < 0:
            self.first = at

    def is_good(self) -> bool:
        """A few bad bytes spoil a few rows, which are rejected; many mean another encoding."""
        self.add(b"", last=True)
        few = self._misfits * 50 <= self._high
        return not self._hopeless and (few or (self._misfits == 1 and self._high >= 20))


def _lines_of(block: bytes, *, first: bool) -> bytes:
    """Some whole lines of a block, many of the first one, from its beginning."""
    if first:
        return block if len(block) <= _HEAD else block[: block.rfind(b"\n", 0, _HEAD) + 1 or _HEAD]
    begins = block.find(b"\n", 0, _PART) + 1
    return block[begins : block.rfind(b"\n", begins, begins + _PART) + 1] if begins else b""


def settle(blocks: Iterable[bytes], fit: Fit, name: str) -> str:
    """The codec of a text that was read through once, `fit`, and is read again if need be. `name` is what a
    person says. EncodingUnknown, EncodingWrong,
    EncodingDoubtful, EncodingHidden, EncodingTwice."""
    sample = bytes(fit.sample)
    if name:
        return _check_named(fit, name, sample)
    if fit.codec != "utf-8":
        return _check_marked(fit, sample)
    zeros = sample.count(0)
    if fit.is_good() and zeros * _MOST_NULS <= len(sample):
        _check_unicode(sample)
        return fit.codec
    looks = text_encodings.likeliest(sample)
    if looks != "gb18030":
        raise EncodingUnknown(byte=max(0, fit.first), looks=looks)
    chinese = Fit("gb18030")
    for block in blocks:
        chinese.add(block)
    if not chinese.is_good():
        raise EncodingUnknown(byte=max(fit.first, chinese.first), looks="")
    return chinese.codec


def _check_named(fit: Fit, name: str, sample: bytes) -> str:
    """What a person says is believed where it fits and does not turn the text into other characters."""
    if not fit.is_good():
        raise EncodingWrong(byte=fit.first, encoding=name, looks=text_encodings.likeliest(sample))
    if _family(fit.codec) == "utf-8":
        _check_unicode(sample)
    elif name in text_encodings.known() and (looks := text_encodings.is_unlike(sample, name)):
        raise EncodingDoubtful(encoding=name, looks=looks)
    return fit.codec


def _check_marked(fit: Fit, sample: bytes) -> str:
    if not fit.is_good():
        marks = [mark for mark, codec in MARKS if codec == fit.codec]
        rest = next((sample[len(m) :] for m in marks if sample.startswith(m)), sample)
        raise EncodingUnknown(byte=fit.first, looks=text_encodings.likeliest(rest))
    if fit.codec == "utf-8-sig":
        _check_unicode(sample)
    return fit.codec


def _check_unicode(sample: bytes) -> None:
    """UTF-8 that was made of text read wrongly before, or that hides another encoding in ASCII."""
    text = sample.decode("utf-8-sig", "replace")
    if hidden := text_encodings.hidden_in_ascii(text):
        raise EncodingHidden(looks=hidden)
    if text_encodings.is_converted_wrongly(text[:_MOST_CONVERTED]):
        raise EncodingTwice
