"""Characters that are one and the same in a name, for the search form; the stored name keeps what was written.

PRIVATE. Private-use code points that an East Asian converter gives for a character that has a code point of its
own. Source: all 23,940 two-byte and 50,400 four-byte codes decoded as GB18030, GBK, cp936 and GB2312 by Python
3.11, glibc 2.36, Java 17 and ICU 78 (Node); a pair is a code that one of them gives a private-use and another a
public code point. 107 pairs, none of them ambiguous: 18 that GB 18030-2022 exchanged (龴 is FE 59: U+E81E
before, U+9FB4 since), the others characters of GBK that came to Unicode later (䶮 is FE 9F: U+E863 or U+4DAE),
six only in glibc (FE 51 is 𠂇). `tests/crypto/test_fold_names.py` derives them again from the converters it
finds.

RADICALS. Code points of the block CJK Radicals Supplement. A PDF that Chromium or another program with Skia
printed names a Han character after the radical whose picture it shares: 马龙 is copied out of it as U+2EE2
U+2EF0. NFKC replaces the Kangxi radicals (U+2F00 to U+2FD5), but only two of these. Source: Unicode's property
Equivalent_Unified_Ideograph, version 14.0, as Perl 5.36 gives it; `findings/skia-pdf-names-as-radicals.sh`
shows the PDF. The test derives it again with Perl.

IGNORABLE. Unicode's property Default_Ignorable_Code_Point, version 17.0, as ICU 78 gives it: variation
selectors, bidi marks, zero-width signs, fillers. No version may take a code point out of it that has text.

DOTS. What stands for the middle dot between the parts of a name (买买提·阿卜杜拉): what Unicode calls a middle
dot, bullet, dot operator, hyphenation or ring point, raised or sesame dot, or word separator; A1 A4 of GBK and
GB2312, A1 45 and A1 50 of Big5, 81 45 of Shift JIS; the degree sign and the dot above, which look like it; the
full stops, which exports write for it.
"""

import re

_FROM_E78D = "︐︒︑︓︔︕︖︗︘︙"
_FROM_E7E7 = "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻"
_FROM_E815 = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)

_FROM_2E80 = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂"
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)

RADICALS: dict[int, str] = {
    code: character for code, character in enumerate(_FROM_2E80, 0x2E80) if ord(character) != code
}
PRIVATE: dict[int, str] = {
    0xE5E5: "\u3000",
    0xE76C: "€",
    0xE7C7: "ḿ",
    0xE7C8: "ǹ",
    **dict(enumerate(_FROM_E78D, 0xE78D)),
    **dict(enumerate(_FROM_E7E7, 0xE7E7)),
    **dict(enumerate(_FROM_E815, 0xE815)),
}
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
DOTS = (
    ".\u00b7\u00b0\u02d9\u0387\u1427\u16eb\u18df\u2022\u2024\u2027\u2218\u2219\u22c5\u25e6\u2e30\u2e31\u2e33"
    "\u3002\u30fb\ua78f\ufe45\ufe46\ufe52\uff0e\uff61\uff65\U00010101"
)
_APOSTROPHES = "\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02b9\u00b4`\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"

_IGNORED = re.compile(f"[{IGNORABLE}]+")
_ALIKE = str.maketrans(
    RADICALS
    | {code: character.translate(RADICALS) for code, character in PRIVATE.items()}
    | {ord(dot): "" for dot in DOTS}
    | {ord(mark): "'" for mark in _APOSTROPHES}
    | {ord(dash): "-" for dash in _DASHES}
)


def without_ignorable(text: str) -> str:
    """The text without characters that have no picture of their own."""
    return _IGNORED.sub("", text)


def alike(text: str) -> str:
    """The text with one character for all that are the same in a name, and without dots."""
    return without_ignorable(text).translate(_ALIKE)
