"""XML of a workbook's parts, read by expat as it comes.

Names of elements are those of spreadsheets without their prefix and namespace; those of other vocabularies
keep theirs, and so are never taken for cells. A document type is refused: no program writes one, and
entities grow.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from tutela.vault.importing.errors import SheetBroken

BUFFER = 1 << 13
"""The longest text of one call; a longer one comes in pieces."""
NO_XML = (expat.ExpatError, ValueError, LookupError)
"""What a parser raises: the last two for encodings that it does not know."""
SPACE = "http://www.w3.org/XML/1998/namespace space"


class Handler(Protocol):
    """What takes the elements. The texts of comments and processing instructions never come."""

    def start(self, name: str, facts: dict[str, str]) -> None: ...

    def text(self, text: str) -> None: ...

    def end(self, name: str) -> None: ...


def vocabulary(names: Iterable[str], namespaces: Iterable[str]) -> dict[str, str]:
    """The short names of the elements and attributes of some namespaces."""
    spaces = tuple(namespaces)
    return {f"{space} {name}": name for name in names for space in spaces}


def parser_of(handler: Handler | None, words: Mapping[str, str], kind: str) -> expat.XMLParserType:
    """A parser that calls the handler, with names shortened by `words`."""

    def refuse(*_facts: object) -> None:
        raise SheetBroken(kind=kind)

    # Every name goes through this dictionary, so the handler compares one short string with itself.
    parser = expat.ParserCreate(namespace_separator=" ", intern=dict(words))
    parser.buffer_text = True
    parser.buffer_size = BUFFER
    if handler:
        parser.StartElementHandler = handler.start
        parser.CharacterDataHandler = handler.text
        parser.EndElementHandler = handler.end
    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(
    blocks: Iterable[bytes], handler: Handler | None, words: Mapping[str, str], kind: str
) -> None:
    """A whole part; SheetBroken where it is no XML."""
    parser = parser_of(handler, words, kind)
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except NO_XML:
        raise SheetBroken(kind=kind) from None


def check(blocks: Iterable[bytes], kind: str) -> None:
    """SheetBroken where a part is no whole XML. Nobody is called for its elements, so this is quick."""
    parse(blocks, None, {}, kind)
