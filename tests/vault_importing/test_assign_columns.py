"""The assignment of columns to fields is the best there is: compared with all of them on small tables."""

from itertools import permutations
from random import Random

import pytest

from tutela.vault.importing.assignment import assign


def _best(gains: dict[tuple[int, int], float], rows: int, columns: int) -> float:
    """The greatest total of all ways to give rows a column each, or none."""
    seats = [*range(columns), *[-1] * rows]
    return max(
        sum(gains.get((row, column), 0.0) for row, column in enumerate(seated))
        for seated in set(permutations(seats, rows))
    )


@pytest.mark.parametrize("seed", range(120))
def test_the_total_is_the_greatest(seed):
    """Random tables of up to four fields and five columns, with pairs that may not be and with ties."""
    random = Random(seed)
    rows, columns = random.randint(1, 4), random.randint(1, 5)
    gains = {
        (row, column): random.choice((0.2, 0.5, 0.5, 0.9, random.random() + 0.01))
        for row in range(rows)
        for column in range(columns)
        if random.random() < 0.7
    }
    pairs = assign(gains)
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs.items()) <= set(gains)
    assert sum(gains[pair] for pair in pairs.items()) == pytest.approx(_best(gains, rows, columns))


def test_nothing_is_assigned_where_nothing_may_be():
    """An empty table is no error."""
    assert assign({}) == {}


def test_a_better_total_moves_a_column():
    """Column 0 is best for field 0, but field 1 has no other."""
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7}) == {0: 1, 1: 0}


def test_a_thousand_columns_are_no_burden():
    """Sixty fields that fit a thousand columns each."""
    random = Random(1)
    gains = {(row, column): 0.01 + random.random() for row in range(60) for column in range(1000)}
    assert len(assign(gains)) == 60
