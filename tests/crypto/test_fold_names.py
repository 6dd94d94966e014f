"""Characters that are the same in a name: derived again from the converters of this machine."""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tutela.crypto import alike
from tutela.crypto.errors import BadValue
from tutela.crypto.normalise import EARLIER, Transform, normalise
from tutela.detect.primitives import characters
from tutela.detect.recognisers.person_name import RECOGNISER
from tutela.detect.values import check, clean, mask

CODES = [
    bytes((lead, trail))
    for lead in range(0x81, 0xFF)
    for trail in range(0x40, 0xFF)
    if trail != 0x7F
]
PRIVATE_USE = range(0xE000, 0xF900)
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
_NODE_DECODES = """
const bytes = require('fs').readFileSync(0); const out = [];
for (let at = 0; at < bytes.length; at += 2) {
  try { out.push(new TextDecoder('gb18030', {fatal: true}).decode(bytes.subarray(at, at + 2))) } catch { out.push('') }
}
process.stdout.write(JSON.stringify(out))"""
_JAVA_DECODES = """
import java.nio.ByteBuffer; import java.nio.charset.*;
public class Decodes { public static void main(String[] names) throws Exception {
  byte[] all = System.in.readAllBytes(); var out = new StringBuilder();
  for (int at = 0; at < all.length; at += 2) {
    String text; try { text = Charset.forName(names[0]).newDecoder().decode(ByteBuffer.wrap(all, at, 2)).toString(); }
    catch (CharacterCodingException refused) { text = ""; }
    for (char unit : text.toCharArray()) out.append(String.format("%04X", (int) unit)); out.append("\\n");
  }
  System.out.print(out); } }"""


def _python(encoding):
    def one(code):
        try:
            return code.decode(encoding)
        except UnicodeDecodeError:
            return ""

    return [one(code) for code in CODES]


def _iconv(encoding):
    lines = b"".join(code + b"\n" for code in CODES)
    done = subprocess.run(
        ["iconv", "-c", "-f", encoding, "-t", "UTF-8"],
        input=lines,
        capture_output=True,
        check=False,
    )
    read = done.stdout.decode("utf-8", "replace").split("\n")[:-1]
    return read if len(read) == len(CODES) else []


def _node():
    done = subprocess.run(
        [NODE, "-e", _NODE_DECODES], input=b"".join(CODES), capture_output=True, check=True
    )
    return json.loads(done.stdout)


def _java(encoding, folder):
    source = folder / "Decodes.java"
    source.write_text(_JAVA_DECODES)
    done = subprocess.run(
        ["java", str(source), encoding], input=b"".join(CODES), capture_output=True, check=True
    )
    lines = done.stdout.decode().split("\n")[: len(CODES)]
    return [bytes.fromhex(line).decode("utf-16-be") for line in lines]


def _pairs(decoded):
    """Private-use to public code point, of the codes that converters decode differently."""
    pairs = {}
    for told in zip(*decoded, strict=True):
        signs = {text for text in told if len(text) == 1 and ord(text) > 0x7F and text != "\ufffd"}
        private = {sign for sign in signs if ord(sign) in PRIVATE_USE}
        for sign in private:
            pairs.setdefault(ord(sign), set()).update(signs - private)
    return {private: public for private, public in pairs.items() if public}


@pytest.mark.slow
def test_the_table_is_what_converters_disagree_about(tmp_path):
    """No pair is missing, and none was made up. Without Java the characters of GBK cannot be derived."""
    decoded = [_python("gb18030"), _python("gbk"), _python("gb2312")]
    if shutil.which("iconv"):
        decoded += [lines for name in ("GB18030", "GBK", "CP936") if (lines := _iconv(name))]
    if NODE:
        decoded.append(_node())
    if shutil.which("java"):
        decoded += [
            _java("GB18030", tmp_path),
            _java("GBK", tmp_path),
            _java("x-mswin-936", tmp_path),
        ]
    derived = _pairs(decoded)
    assert all({alike.PRIVATE[private]} == public for private, public in derived.items())
    if len(decoded) == 10:
        assert derived.keys() == alike.PRIVATE.keys()


@pytest.mark.skipif(not NODE, reason="Node's ICU knows the property")
def test_what_has_no_picture_is_what_unicode_says():
    """The ranges of Default_Ignorable_Code_Point; a newer Unicode may only add to them."""
    script = """const hits = []; for (let c = 0; c < 0x110000; c++)
      if ((c < 0xD800 || c > 0xDFFF) && /^\\p{Default_Ignorable_Code_Point}$/u.test(String.fromCodePoint(c))) hits.push(c);
      process.stdout.write(JSON.stringify([process.versions.unicode, hits]))"""
    done = subprocess.run([NODE, "-e", script], capture_output=True, check=True)
    version, hits = json.loads(done.stdout)
    ours = {code for code in range(0x110000) if re.fullmatch(f"[{alike.IGNORABLE}]", chr(code))}
    assert ours <= set(hits)
    assert version != "17.0" or ours == set(hits)


def test_both_rooms_have_one_list_of_what_has_no_picture():
    """Two rooms of the lowest line cannot import each other."""
    assert characters.IGNORABLE == alike.IGNORABLE


def test_every_middle_dot_by_name_is_one():
    """Unicode's names and the codes of four East Asian encodings say which these are."""
    words = re.compile(
        r"(?<!WITH )MIDDLE DOT$|^(WHITE )?BULLET( OPERATOR)?$"
        r"|(^DOT|^RING) OPERATOR$|HYPHENATION POINT|RING POINT|RAISED DOT$|SESAME DOT$|SINOLOGICAL DOT$"
        r"|^AEGEAN WORD SEPARATOR DOT|ONE DOT LEADER|ANO TELEIA|^RUNIC SINGLE"
    )
    named = {sign for sign in map(chr, range(0x110000)) if words.search(unicodedata.name(sign, ""))}
    coded = [("gbk", "A1A4"), ("gb2312", "A1A4"), ("big5", "A145"), ("cp950", "A145"), ("big5", "A150"),
             ("shift_jis", "8145"), ("cp932", "A5"), ("euc_kr", "A1A4")]  # fmt: skip
    named |= {bytes.fromhex(code).decode(encoding) for encoding, code in coded}
    assert named <= set(alike.DOTS)
    assert {normalise(Transform.NAME, f"阿里{dot}买买提") for dot in alike.DOTS} == {"阿里买买提"}


@pytest.mark.parametrize("private", alike.PRIVATE, ids=hex)
def test_a_name_is_found_by_either_code_point(private):
    """What was stored keeps its code point; both give one search form."""
    written, public = f"张{chr(private)}", f"张{alike.PRIVATE[private]}"
    assert normalise(Transform.NAME, written) == normalise(Transform.NAME, public)
    assert clean("person_name", written) == written


def test_a_name_with_signs_that_cannot_be_seen_is_kept_and_found():
    """Variation selectors, bidi marks, zero-width signs, fillers: stored, searched without, never shown as the name."""
    marks = [chr(c) for c in range(0x110000) if re.fullmatch(f"[{alike.IGNORABLE}]", chr(c))]
    for mark in (*marks[::37], "\u200f", "\u202e", "\ufe00", "\U000e0100", "\u3164"):
        written = f"{mark}张{mark}伟{mark}"
        assert clean("person_name", written) == written
        assert normalise(Transform.NAME, written) == "张伟"
        assert mask(RECOGNISER.mask.name, written) == "张*"


@pytest.mark.parametrize("nothing", ["\u3164", "\u200b\u200e", "·", "\ue5e5"])
def test_a_name_of_nothing_but_signs_is_no_name(nothing):
    """It would be stored, and never be found."""
    cleaned = clean("person_name", nothing)
    assert not cleaned or check("person_name", cleaned, today=date(2026, 6, 1))
    with pytest.raises(BadValue):
        normalise(Transform.NAME, nothing)


def test_tags_of_earlier_versions_keep_their_form():
    """A stored transform never changes, and each that was replaced is still asked for."""
    assert normalise(Transform.NAME_V1, "王\ue81e") == "王\ue81e"
    assert set(EARLIER.values()) == {Transform.NAME_V1, Transform.PHONE_V1, Transform.CARD_V1}


def test_a_radical_is_the_character_whose_picture_it_is():
    """U+2EE2 U+2EF0 is what a copy from a printed PDF gives for 马龙; U+2FA6 is a Kangxi radical."""
    assert normalise(Transform.NAME, "\u2ee2\u2ef0") == normalise(Transform.NAME, "马龙")
    assert normalise(Transform.NAME, "\u2fbc\u2fa6\u2ef0") == normalise(Transform.NAME, "高金龙")
    assert normalise(Transform.NAME, "\ue816") == normalise(Transform.NAME, "𠂇")


@pytest.mark.skipif(not shutil.which("perl"), reason="perl is missing")
def test_the_table_of_radicals_is_that_of_unicode():
    script = (
        "use Unicode::UCD 'charprop'; binmode STDOUT, ':utf8';"
        'printf "%X %s\n", $_, charprop($_, "Equivalent_Unified_Ideograph") for 0x2E80..0x2EF3;'
    )
    done = subprocess.run(["perl", "-e", script], capture_output=True, check=True, text=True)
    pairs = [line.split(" ") for line in done.stdout.splitlines()]
    known = {
        int(code, 16): character for code, character in pairs if character not in ("", "<none>")
    }
    assert known == alike.RADICALS
