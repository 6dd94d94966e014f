r"""Many lines of a delimited text split at once, where counts prove what they hold.

The csv module looks at every character. Most files are plainer: no cell is quoted, or all are and none holds a
quote or a line break. Then `str.split` finds the same cells in half the time. What is not proven is left to
the csv module: nothing here is a guess.

Where all cells are quoted, lines between the first quote and the last are parted by `"\n"`, cells by `","`.
Each of these takes two quotes, and none takes part in two, so when all quotes are counted in them no cell holds
one: each part begins inside a quoted cell and the first quote ends it. A line break within a cell is counted
likewise.
"""

from .quoting import Style


def rows_at_once(text: str, marks: str, style: Style) -> list[list[str]] | None:
    """The rows of whole lines, as the csv module splits them; None where that is not proven. `marks`: which
    characters of NUL, backslash and both quotes may stand in the text."""
    if not style.is_plain or style.spaced or style.divider == style.quote:
        return None
    if ("\\" in marks and "\\" in text) or ("\0" in marks and "\0" in text):
        return None
    end = "\r\n" if "\r" in text else "\n"
    text = text.removesuffix(end)
    divider, quote = style.divider, style.quote
    if quote and quote in marks and quote in text:
        if not text[0] == quote == text[-1]:
            return None
        lines, between = text[1:-1].split(quote + end + quote), quote + divider + quote
        rows = [line.split(between) for line in lines]
        if text.count(quote) != 2 * sum(map(len, rows)):
            return None
    else:
        lines = text.split(end)
        rows = [line.split(divider) if line else [] for line in lines]
    breaks = len(lines) - 1
    if text.count("\n") != breaks or (end != "\n" and text.count("\r") != breaks):
        return None
    return rows
