"""Each recogniser ships with examples that must match and must not."""

from __future__ import annotations

import pytest

from tutela.detect.recognisers import REGISTRY, Recogniser
from tutela.detect.recognisers.registry import (
    PASS,
    PASS_WITH_HEADER,
    register,
)

EVERY = pytest.mark.parametrize("kind", REGISTRY.values(), ids=REGISTRY.keys())


@EVERY
def test_every_must_match_example_passes(kind: Recogniser) -> None:
    """An example passes by itself, or under a header where one is needed."""
    scores = [kind.validate(example) for example in kind.must_match]
    assert kind.must_match
    assert min(scores) >= PASS_WITH_HEADER


@EVERY
def test_every_must_not_match_example_fails(kind: Recogniser) -> None:
    """A counter-example fails even under a header."""
    scores = [kind.validate(example) for example in kind.must_not_match]
    assert kind.must_not_match
    assert max(scores) < PASS_WITH_HEADER


@EVERY
def test_a_kind_without_need_of_a_header_passes_on_its_own(kind: Recogniser) -> None:
    """A kind that can be found by values alone has an example that proves it."""
    best = max(kind.validate(example) for example in kind.must_match)
    assert kind.needs_header or best >= PASS


@EVERY
def test_levels_and_labels_are_complete(kind: Recogniser) -> None:
    """Both names, a level of each standard, and covered kinds that exist."""
    assert kind.name_en
    assert kind.name_zh
    assert {"C1": 2, "C2": 3, "C3": 4}[kind.jrt0171] == kind.jrt0197
    assert set(kind.covers) <= REGISTRY.keys()


def test_an_id_is_registered_once() -> None:
    """A second recogniser of the same id is refused at import."""
    with pytest.raises(ValueError, match="mobile"):
        register(REGISTRY["mobile"])
