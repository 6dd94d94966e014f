"""Match column headers: the kinds that a header names, and how well it fits given words.

Latin words match by token (snake_case, camelCase, spaces), as written and with abbreviations spelled out, Han by
longest match. In both languages the last word decides: "身份证有效期" is a date. A header in one piece may end
with a long word: baoandianhua, homeaddress. Traditional characters are read as simplified ones.

A header is also read as the role of a person (policy holder, insured person) and the rest: whose telephone it is,
and that it is one.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from tutela.detect.primitives.characters import half_width
from tutela.detect.tables import roles

_Text = TypeVar("_Text", str, tuple[str, ...])
_BRACKETS = re.compile(r"[(\[【{<《][^)\]】}>》]*[)\]】}>》]")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.、)]\s*|[*#]+\s*)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LATIN = re.compile(r"[A-Za-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_COUNT = re.compile(r"(?<=[\u3400-\u9fff])(?:\d{1,2}|[一二三四五])$")
_GLUED = re.compile(
    r"([a-z]{2,}?)(nm|nme|no|nbr|num|cd|cde|dt|dte|tp|typ|amt|sts|dy|ad|adr|addr|tel|id)?(\d{1,2})?"
)
_PUNCTUATION = re.compile(r"[\s:：*#_/\\、,，.;；|\"'-]+")

# Longer headers are text in the first row.
LONGEST = 120
EXACT, SAME, TAIL, INSIDE, TURNED = 1.0, 0.98, 0.85, 0.5, 0.2
# No header word has more characters or tokens.
LONGEST_WORD = 24
ROLE_STRIPPED = 0.95
_TYPE_LETTERS = frozenset("cdnstv")
# Roles that may stand before a word without a sign between, the longest first: databases write APPNTIDNO.
_ROLES_AHEAD = tuple(
    sorted(
        {*roles.ROLES_PINYIN, *(w for w in roles.ROLE_TOKENS if len(w) > 2)}, key=len, reverse=True
    )
)
# From so many letters on a word may end a header without a sign between: shorter ones end other words (candidate).
LONG_WORD = 6


def bare(header: str) -> str:
    """A half-width header without numbering and text in brackets."""
    text = half_width(header[:LONGEST]).replace("\n", " ").translate(roles.SIMPLIFIED)
    text = _NUMBERING.sub("", text)
    return _BRACKETS.sub(" ", text).strip() or text.strip("()[]{}<> ")


def tokens(text: str) -> tuple[str, ...]:
    """Latin tokens of a header in lower case: certNo, CERT_NO and "cert no" are equal."""
    if text.isupper():
        text = text.lower()
    return tuple(token.lower() for token in _LATIN.findall(_CAMEL.sub(" ", text)))


def han(text: str) -> str:
    """A header without spaces and punctuation, in lower case."""
    return _PUNCTUATION.sub("", text).lower()


def last_characters(words: Iterable[str]) -> frozenset[str]:
    """What words end with, simplified and traditional: 号, 號."""
    ends = {word[-1:] for word in words}
    return frozenset(ends | {chr(old) for old, new in roles.SIMPLIFIED.items() if new in ends})


def header_score(header: str, synonyms: Iterable[str]) -> float:
    """The best fit of a header to one of the words: 1 equal, 0.85 ends with it, 0.5 contains it."""
    text = bare(header)
    return max((_fit(text, synonym) for synonym in synonyms), default=0.0)


def _fit(text: str, synonym: str) -> float:
    if _HAN.search(synonym):
        return _fit_han(han(text), han(synonym))
    return _fit_tokens(tokens(text), tokens(synonym))


def _fit_han(text: str, word: str) -> float:
    if not word or word not in text:
        return 0.0
    if text == word:
        return EXACT
    if text.endswith(word):
        return TAIL if len(word) > 1 else 0.0
    rest = text[text.rindex(word) + len(word) :]
    if len(word) < 2:
        return 0.0
    return TURNED if rest.endswith(roles.TURNING_HAN) else INSIDE


@lru_cache(maxsize=8_192)
def spelled(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Tokens with abbreviations spelled out: clnt nm is client name."""
    return tuple(roles.ABBREVIATIONS.get(part, part) for part in parts)


@lru_cache(maxsize=8_192)
def alike(text_han: str, text_tokens: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A header with one word for those that mean the same behind another: 时间 is 日期, tel is phone."""
    for word, same in roles.ALIKE_HAN.items():
        text_han = text_han.replace(word, same)
    return text_han, tuple(roles.ALIKE_LATIN.get(part, part) for part in spelled(text_tokens))


def _fit_tokens(have: tuple[str, ...], word: tuple[str, ...]) -> float:
    return max(_fit_latin(have, word), _fit_latin(spelled(have), spelled(word)))


def _fit_latin(have: Sequence[str], word: Sequence[str]) -> float:
    if not word or not have:
        return 0.0
    if have == word or "".join(have) == "".join(word):
        return EXACT
    if len(have) == len(word) == 1 and len(word[0]) >= LONG_WORD and have[0].endswith(word[0]):
        return TAIL
    size = len(word)
    if tuple(have[-size:]) == tuple(word):
        part = have[-1] == "name" and have[-2] in roles.PART_LATIN
        return TURNED if part or have[0] in ("is", "has") else TAIL
    starts = range(len(have) - size)
    at = next((i for i in starts if tuple(have[i : i + size]) == tuple(word)), None)
    if at is None:
        return 0.0
    return TURNED if set(have[at + size :]) & roles.TURNING_LATIN else INSIDE


@dataclass(frozen=True, slots=True)
class Name:
    """A header whole, and without the role of the person it is about.

    `role`: holder, insured and others of `roles.txt`; "" where none is named. `place`: 1, or 2 and more for a
    second and further one (手机2, 备用手机). A header that is only a role is the name of the person.
    """

    han: str
    tokens: tuple[str, ...]
    role: str = ""
    rest_han: str = ""
    rest_tokens: tuple[str, ...] = ()
    place: int = 1

    @property
    def whole(self) -> "Written":
        """As it is written."""
        return self.han, self.tokens

    @property
    def rest(self) -> "Written":
        """Without role and place."""
        return self.rest_han, self.rest_tokens


Written = tuple[str, tuple[str, ...]]
"""The Han characters and the Latin tokens of a header."""


def fit_words(have: Written, word: Written) -> float:
    """How well a header is a word: 1 equal, 0.98 equal but for words that mean the same, and as `header_score`."""
    plain = _fit_written(have, word)
    if plain == EXACT:
        return plain
    return max(plain, SAME * _fit_written(alike(*have), alike(*word)))


def _fit_written(have: Written, word: Written) -> float:
    if _HAN.search(word[0]):
        return _fit_han(have[0], word[0])
    return _fit_tokens(have[1], word[1])


class WordIndex:
    """Words by what a header must contain to fit them, so that few are compared."""

    def __init__(self, words: Mapping[str, Written]) -> None:
        self._by_part: dict[str | tuple[str, ...], list[str]] = {}
        for key, (word_han, word_tokens) in words.items():
            for part in self._parts(word_han, word_tokens):
                self._by_part.setdefault(part, []).append(key)
        parts = self._by_part
        self._longest_text = max((len(p) for p in parts if isinstance(p, str)), default=0)
        self._most_tokens = max((len(p) for p in parts if isinstance(p, tuple)), default=0)

    @staticmethod
    def _parts(word_han: str, parts: tuple[str, ...]) -> set[str | tuple[str, ...]]:
        same_han, same = alike(word_han, parts)
        if _HAN.search(word_han):
            return {word_han, same_han}
        return {parts, spelled(parts), same, *("".join(p) for p in (parts, spelled(parts), same))}

    def near(self, written: Written) -> set[str]:
        """The words that may fit a header."""
        texts, forms = set(), set()
        for text_han, parts in (written, alike(*written)):
            texts.add(text_han)
            forms |= {parts, spelled(parts)}
        spans: set[str | tuple[str, ...]] = set()
        for text_han in texts:
            spans.update(_spans(text_han, self._longest_text))
        for form in forms:
            spans.update(_spans(form, self._most_tokens))
            spans.add("".join(form))
            if len(form) == 1:
                spans |= {(form[0][at:],) for at in range(1, len(form[0]))}
        found: set[str] = set()
        for span in spans & self._by_part.keys():
            found.update(self._by_part[span])
        return found


def _spans(text: _Text, longest: int) -> Iterator[_Text]:
    """Every run of characters or tokens, but for those longer than any word."""
    for first in range(len(text)):
        for last in range(first + 1, min(len(text), first + longest) + 1):
            yield text[first:last]


def read_name(header: str, known: Container[str] = ()) -> Name:
    """A header as a name. `known`: words in one piece behind which a role may be cut off: tbrxm, APPNTIDNO."""
    text = bare(header)
    whole_han, whole_tokens = han(text), tokens(text)
    place, rest_han, rest_tokens = _without_place(whole_han, whole_tokens)
    role, rest_han = _without_han_role(rest_han)
    latin_role, rest_tokens = _without_latin_role(rest_tokens, known)
    return Name(whole_han, whole_tokens, role or latin_role, rest_han, rest_tokens, place)


def in_pinyin(name: Name) -> list[Name]:
    """A header of pinyin initials and an English head, with the head in initials as well: sxDate is sxrq."""
    if len(name.rest_tokens) != 2:
        return []
    first, last = name.rest_tokens
    joined = [first + head for word, head in roles.PINYIN_HEADS if word == last]
    return [replace(name, tokens=(text,), rest_tokens=(text,)) for text in joined]


def _without_place(text_han: str, text_tokens: tuple[str, ...]) -> tuple[int, str, tuple[str, ...]]:
    """Without what counts: 手机2, second telephone, 备用手机; and without the c of an added field (Mobile__c)."""
    place = 1
    for word in roles.SECOND_HAN:
        if text_han.startswith(word) and len(text_han) > len(word) + 1:
            place, text_han = 2, text_han.removeprefix(word)
            break
    if ending := _COUNT.search(text_han):
        place, text_han = max(place, _number(ending[0])), text_han[: ending.start()]
    while len(text_tokens) > 1 and text_tokens[0] in roles.SECOND_LATIN:
        place, text_tokens = 2, text_tokens[1:]
    while len(text_tokens) > 1 and (text_tokens[-1].isdigit() or text_tokens[-1] == "c"):
        place = max(place, _number(text_tokens[-1]))
        text_tokens = text_tokens[:-1]
    return place, text_han, text_tokens


def _number(text: str) -> int:
    return min(int(text), 99) if text.isdecimal() else max(1, "〇一二三四五六七八九".find(text))


def _without_han_role(text: str) -> tuple[str, str]:
    for word in roles.ROLES_HAN:
        if text == word and word in roles.PEOPLE:
            return roles.PEOPLE[word], "姓名"
        if text.startswith(word) and len(text) > len(word) + 1:
            return roles.PEOPLE.get(word, ""), text[len(word) :].removeprefix("的")
    return "", text


def _without_latin_role(
    parts: tuple[str, ...], known: Container[str]
) -> tuple[str, tuple[str, ...]]:
    # In some systems a letter before a name tells its type: cPlyNo.
    role = ""
    while len(parts) > 1 and (parts[0] in roles.ROLE_TOKENS or parts[0] in _TYPE_LETTERS):
        role, parts = role or roles.PEOPLE.get(parts[0], ""), parts[1:]
    while len(parts) > 2 and "".join(parts[:2]) in roles.ROLE_TOKENS:
        role, parts = role or roles.PEOPLE.get("".join(parts[:2]), ""), parts[2:]
    if len(parts) != 1:
        return role, parts
    if not role and parts[0] in roles.PEOPLE:
        return roles.PEOPLE[parts[0]], ("name",)
    for word in _ROLES_AHEAD:
        rest = parts[0].removeprefix(word)
        if rest != parts[0] and len(rest) > 1 and rest in known:
            return role or roles.PEOPLE.get(word, ""), (rest,)
    return role, parts


class _Word:
    """One header word of one recogniser, prepared for matching."""

    __slots__ = ("han", "joined", "only_whole", "recogniser", "size", "tokens")

    def __init__(self, recogniser: str, raw: str) -> None:
        self.only_whole = raw.startswith("=")
        raw = raw.removeprefix("=")
        self.recogniser = recogniser
        self.han = han(raw) if _HAN.search(raw) else ""
        self.tokens = () if self.han else tokens(raw)
        self.joined = "".join(self.tokens)
        self.size = len(self.han) or len(self.joined)

    def fit(self, text_han: str, text_tokens: tuple[str, ...]) -> float:
        """The fit of this word to a header given in both forms."""
        score = _fit_han(text_han, self.han) if self.han else _fit_tokens(text_tokens, self.tokens)
        return 0.0 if self.only_whole and score < EXACT else score


class HeaderIndex:
    """The header words of all recognisers."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words = [_Word(kind, raw) for kind, listed in words.items() for raw in listed]
        joined = (word.joined for word in self._words)
        self._joined = frozenset(text for text in joined if len(text) > 1)
        # Of words in one piece nothing tells pinyin from English.
        parts = {part for word in self._words if len(word.tokens) > 1 for part in word.tokens}
        self._fronts = parts | roles.ABBREVIATIONS.keys()
        self._index = WordIndex(
            {str(at): (word.han, word.tokens) for at, word in enumerate(self._words)}
        )

    def read(self, header: str) -> Name:
        """The header as a name: whole, and as role and rest."""
        return read_name(self._spaced(header), self._joined)

    def _spaced(self, header: str) -> str:
        """A header of words in one piece with blanks between them: CUSTNM is cust nm, ADDR1 addr 1."""
        glued = _GLUED.fullmatch(bare(header).lower())
        if not glued or glued[1] not in self._fronts:
            return header
        if glued[0] in self._joined and not glued[3]:
            return header
        return " ".join(filter(None, glued.groups()))

    def matches(self, header: str) -> tuple[tuple[str, float, str], ...]:
        """(recogniser id, score, matched word) for a header, best first.

        A longer word takes precedence over shorter ones within it: 银行卡号 over 卡号.
        """
        text = bare(self._spaced(header))
        whole = self._matches(han(text), tokens(text))
        read = self.read(header)
        stripped = self._matches(read.rest_han, read.rest_tokens)
        best = dict(whole)
        for recogniser, (score, size, word) in stripped.items():
            reduced = score * ROLE_STRIPPED
            if reduced > best.get(recogniser, (0.0, 0, ""))[0]:
                best[recogniser] = (reduced, size, word)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
        return tuple((recogniser, score, word) for recogniser, (score, _, word) in ranked)

    def _near(self, text_han: str, text_tokens: tuple[str, ...]) -> list[_Word]:
        found = sorted(map(int, self._index.near((text_han, text_tokens))))
        return [self._words[at] for at in found]

    def _matches(
        self, text_han: str, text_tokens: tuple[str, ...]
    ) -> dict[str, tuple[float, int, str]]:
        """Recogniser id to (score, word size, word); only the longest word at the end gets its full score."""
        hits = [
            (fit, word)
            for word in self._near(text_han, text_tokens)
            if (fit := word.fit(text_han, text_tokens)) and (fit >= TAIL or word.size > 1)
        ]
        longest_tail = max((word.size for fit, word in hits if fit >= TAIL), default=0)
        best: dict[str, tuple[float, int, str]] = {}
        for fit, word in hits:
            hidden = fit < EXACT and word.size < longest_tail
            score = min(fit, INSIDE / 2) if hidden else fit
            earlier = best.get(word.recogniser, (0.0, 0, ""))
            if (score, word.size) > earlier[:2]:
                best[word.recogniser] = (score, word.size, word.han or " ".join(word.tokens))
        return best
