"""Each recogniser's file holds examples of what it does; they are run here, so it needs no test file of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

from tests.detect.columns_made import TODAY
from tutela.detect.free_text import find_values
from tutela.detect.recogniser import (
    NUMBER_LOSSY,
    PASS,
    PASS_WITH_HEADER,
    TEXT,
    Mask,
    Problem,
    Recogniser,
    any_text,
)
from tutela.detect.recognisers import MASKS, PROBLEMS, REGISTRY, masks_of, problems_of
from tutela.detect.values import check, clean, clean_column, mask

EVERY = pytest.mark.parametrize("kind", REGISTRY.values(), ids=REGISTRY.keys())
SCORED = [kind for kind in REGISTRY.values() if kind.score is not any_text]
EVERY_SCORED = pytest.mark.parametrize("kind", SCORED, ids=[kind.id for kind in SCORED])
SEARCHED = [kind for kind in REGISTRY.values() if kind.in_text]
EVERY_SEARCHED = pytest.mark.parametrize("kind", SEARCHED, ids=[kind.id for kind in SEARCHED])


@EVERY_SCORED
def test_every_must_match_example_passes(kind: Recogniser) -> None:
    """An example passes by itself, or under a header where one is needed."""
    scores = [kind.validate(example) for example in kind.must_match]
    assert kind.must_match
    assert min(scores) >= PASS_WITH_HEADER


@EVERY_SCORED
def test_every_must_not_match_example_fails(kind: Recogniser) -> None:
    """A counter-example fails even under a header."""
    scores = [kind.validate(example) for example in kind.must_not_match]
    assert kind.must_not_match
    assert max(scores) < PASS_WITH_HEADER


def test_a_kind_that_only_a_header_identifies_passes_under_one_and_never_without() -> None:
    """Any text but none; and such a kind says that it needs a header."""
    assert PASS_WITH_HEADER <= any_text("A100") < PASS
    assert any_text("") < PASS_WITH_HEADER
    assert all(kind.needs_header for kind in REGISTRY.values() if kind not in SCORED)


@EVERY_SCORED
def test_a_kind_without_need_of_a_header_passes_on_its_own(kind: Recogniser) -> None:
    """A kind that can be found by values alone has an example that proves it."""
    best = max(kind.validate(example) for example in kind.must_match)
    assert kind.needs_header or best >= PASS


@EVERY
def test_every_cleaned_example_is_cleaned_and_right(kind: Recogniser) -> None:
    """In its canonical form, and without a problem. A form of its own has an example."""
    assert kind.cleaned or kind.form is TEXT
    for raw, canonical in kind.cleaned.items():
        assert clean(kind.id, raw) == canonical
        assert check(kind.id, canonical, today=TODAY) is None
        assert clean_column(kind.id, [raw], TODAY) == ([canonical], [])


@EVERY
def test_every_refused_example_has_its_problem(kind: Recogniser) -> None:
    """By code. A check has an example of what it refuses."""
    assert kind.refused or not kind.form.check
    for canonical, code in kind.refused.items():
        problem = check(kind.id, canonical, today=TODAY)
        assert problem is not None
        assert problem.code == code
        assert clean_column(kind.id, [canonical], TODAY) == ([canonical], [(0, problem)])


@EVERY
def test_a_check_returns_declared_problems_only(kind: Recogniser) -> None:
    """The sentence of an undeclared one could not be told later, when only its code is kept."""
    declared = kind.form.problems
    texts = chain.from_iterable(
        chain(other.must_match, other.must_not_match, other.refused) for other in REGISTRY.values()
    )
    for text in texts:
        problem = check(kind.id, clean(kind.id, text), today=TODAY)
        assert problem is None or problem in declared or problem is NUMBER_LOSSY
        assert problem is None or PROBLEMS[problem.code] is problem


@EVERY
def test_every_masked_example_is_masked(kind: Recogniser) -> None:
    """A mask of its own has an example."""
    assert kind.masked or kind.mask.name == "generic"
    for value, masked in kind.masked.items():
        assert mask(kind.mask.name, value) == masked, value


@EVERY_SEARCHED
def test_every_example_of_the_text_search_is_found(kind: Recogniser) -> None:
    """By itself and in a sentence; as this kind, and as no other."""
    assert kind.in_text
    assert kind.in_text.examples
    for text in kind.in_text.examples:
        for sentence in (text, f"请先核对：{text}，明天回电"):
            assert [finding.kind for finding in find_values(sentence)] == [kind.id], sentence


@EVERY_SEARCHED
def test_no_counter_example_of_the_text_search_is_found(kind: Recogniser) -> None:
    """Neither as this kind nor as another."""
    assert kind.in_text
    for text in kind.in_text.counter_examples:
        assert find_values(text) == [], text


@EVERY
def test_levels_and_names_are_complete(kind: Recogniser) -> None:
    """A name, a level, and covered kinds that exist."""
    assert kind.name
    assert kind.jrt0171 in {"C1", "C2", "C3"}
    assert set(kind.covers) <= REGISTRY.keys()


def test_no_two_recognisers_have_the_same_place() -> None:
    """Or an overlap would be settled by the order of files."""
    ranks = [kind.rank for kind in REGISTRY.values()]
    orders = [kind.in_text.order for kind in SEARCHED if kind.in_text]
    assert len(set(ranks)) == len(ranks)
    assert len(set(orders)) == len(orders)


def test_a_mask_or_a_problem_has_one_meaning() -> None:
    """Names and codes are stored: a second one of the same name is refused at the start."""
    mobile = REGISTRY["mobile"]
    other_mask = replace(mobile, mask=Mask("mobile", str, 9, ""))
    other_problem = replace(
        mobile, form=replace(mobile.form, problems=(Problem("phone_form", "Another."),))
    )
    assert MASKS["mobile"] is mobile.mask
    with pytest.raises(ValueError, match="mobile"):
        masks_of([mobile, other_mask])
    with pytest.raises(ValueError, match="phone_form"):
        problems_of([mobile, other_problem])
