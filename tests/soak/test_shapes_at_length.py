"""Files of more seeds than the quick tests make."""

import os

import pytest

from tests.vault_importing.shapes import judge
from tests.vault_importing.shapes.test_put_in_comes_out import WRITERS, written

SEEDS = range(1_000, 1_000 + int(os.environ.get("TUTELA_SHAPES", "150")))


@pytest.mark.parametrize("writer", WRITERS)
def test_many_more_files_come_in_right(writer: str):
    """The same promise as of the quick test, on other seeds."""
    faults = []
    for seed in SEEDS:
        shape = written(writer, seed)
        outcome = judge.judged(shape)
        faults += [
            f"seed {seed}, {shape.style}: {text}" for text in outcome.wrong + outcome.rejected
        ]
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:20])
