"""A sample of `make accuracy`: right values are stored right, wrong ones are rejected, columns are known by name."""

import pytest

from benchmarks.accuracy import columns, values
from benchmarks.accuracy.__main__ import EACH_STYLE, PRECISION, RECALL, SEED
from benchmarks.accuracy.judge import judge
from tutela.detect.recognisers import REGISTRY


@pytest.mark.parametrize("kind", values.KINDS, ids=lambda kind: kind.id)
def test_a_kind_is_read_right(kind):
    """None of two hundred right values is lost or changed; of wrong ones none with a check digit passes."""
    count = judge(kind, 200, SEED)
    assert (count.rejected, count.lost) == ([], [])
    assert len(count.accepted) <= (0 if kind.checked else 1), count.accepted


def test_every_kind_with_a_check_is_measured():
    """But those that share the form of another kind."""
    measured = {REGISTRY[kind.id].form for kind in values.KINDS}
    checked = [kind for kind in REGISTRY.values() if kind.form.check]
    missing = [kind.id for kind in checked if kind.form not in measured]
    assert not missing, f"no Kind in benchmarks/accuracy/values.py: {missing}"


@pytest.mark.slow
def test_columns_of_four_styles_are_known():
    """Chinese, pinyin, English and core systems: few rows, all labelled columns."""
    known = list(columns.labelled())
    assert len(known) >= 300
    assert len({column.table for column in known}) >= 40
    results = columns.measure(SEED, rows=40)
    whole = columns.total(results)
    assert whole.precision >= PRECISION, [result.misses for result in results.values()]
    assert whole.recall >= RECALL
    assert min(result.recall for result in results.values()) >= EACH_STYLE
