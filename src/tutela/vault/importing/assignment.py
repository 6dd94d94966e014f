"""The best assignment of a table's columns to fields, for the whole table at once.

Maximum-weight matching of a bipartite graph by shortest augmenting paths with potentials (Kuhn and Munkres; Jonker
and Volgenant): at most rows² × columns steps. A test compares it with all assignments of small tables.
"""

from collections.abc import Mapping
from math import inf


def assign(gains: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """{row: column} of greatest total gain. `gains`: above 0 for each pair that may be; a row or column that has
    no pair, or none that adds to the total, is left out."""
    rows, columns = _sorted(gains)
    # A column of its own for each row, without gain: the row may stay unassigned.
    matrix = [
        [*(-gains.get((row, column), 0.0) for column in columns), *[0.0] * len(rows)]
        for row in rows
    ]
    chosen = _cheapest(matrix)
    pairs = {rows[row]: columns[at] for row, at in enumerate(chosen) if at < len(columns)}
    return {row: column for row, column in pairs.items() if (row, column) in gains}


def _sorted(gains: Mapping[tuple[int, int], float]) -> tuple[list[int], list[int]]:
    return sorted({row for row, _ in gains}), sorted({column for _, column in gains})


def _cheapest(costs: list[list[float]]) -> list[int]:
    """The column of each row for the least total cost; there are at least as many columns as rows."""
    width = len(costs[0]) if costs else 0
    # Column `width` is a place for the row that is being seated.
    row_of, of_row, of_column = [-1] * (width + 1), [0.0] * len(costs), [0.0] * (width + 1)
    for row in range(len(costs)):
        row_of[width] = row
        at, before, least, done = width, [width] * width, [inf] * width, [False] * (width + 1)
        while row_of[at] >= 0:
            done[at] = True
            here = row_of[at]
            line, base = costs[here], of_row[here]
            step, following = inf, width
            for column in range(width):
                if done[column]:
                    continue
                cost = line[column] - base - of_column[column]
                if cost < least[column]:
                    least[column], before[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(width + 1):
                if done[column]:
                    of_row[row_of[column]] += step
                    of_column[column] -= step
                elif column < width:
                    least[column] -= step
            at = following
        while at != width:
            row_of[at], at = row_of[before[at]], before[at]
    places = {row: column for column, row in enumerate(row_of[:width]) if row >= 0}
    return [places[row] for row in range(len(costs))]
