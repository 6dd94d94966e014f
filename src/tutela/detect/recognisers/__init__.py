"""The recognisers, one file per kind of value. All files of this folder are collected automatically."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from tutela.detect.recogniser import GENERIC, NUMBER_LOSSY, Mask, Problem, Recogniser


def _collect() -> dict[str, Recogniser]:
    """The recogniser of each file by id; ValueError if an id is not the file's name."""
    collected = {}
    for name in sorted(module.name for module in iter_modules(__path__)):
        recogniser: Recogniser = import_module(f"{__name__}.{name}").RECOGNISER
        if recogniser.id != name:
            raise ValueError(name)
        collected[name] = recogniser
    return collected


def masks_of(recognisers: Iterable[Recogniser]) -> dict[str, Mask]:
    """Masks by name; ValueError if two have the same name."""
    masks = {GENERIC.name: GENERIC}
    for recogniser in recognisers:
        mask = recogniser.mask
        if masks.setdefault(mask.name, mask) is not mask:
            raise ValueError(mask.name)
    return masks


def problems_of(recognisers: Iterable[Recogniser]) -> dict[str, Problem]:
    """Problems by code; ValueError if two have the same code."""
    problems = {NUMBER_LOSSY.code: NUMBER_LOSSY}
    for recogniser in recognisers:
        for problem in recogniser.form.problems:
            if problems.setdefault(problem.code, problem) is not problem:
                raise ValueError(problem.code)
    return problems


REGISTRY = _collect()
MASKS = masks_of(REGISTRY.values())
PROBLEMS = problems_of(REGISTRY.values())
