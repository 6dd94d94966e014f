"""Classify a column by its header and a sample of its values.

With n distinct sampled values of which a share s passes, the verdict is "type" if s >= 0.8 and n >= 20;
"likely" if s >= 0.5, or if the header names the kind and s >= 0.3; "mixed" if 0.05 <= s < 0.5 and the passing
values are not accidental. Below 10 distinct values the header decides. Distinct values are counted, not rows,
so that a repeated false match cannot decide a column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from typing import Literal

from tutela.detect.primitives.characters import BLANKS, half_width, unwrapped
from tutela.detect.primitives.header_words import HeaderIndex
from tutela.detect.recogniser import PASS, PASS_WITH_HEADER, Recogniser, Today
from tutela.detect.recognisers import REGISTRY

Verdict = Literal["type", "likely", "mixed", "header", "none"]

SAMPLE, LARGEST_SAMPLE, SCANNED = 200, 2_000, 10_000
TYPE_SHARE, LIKELY_SHARE, HEADER_SHARE, MIXED_SHARE = 0.8, 0.5, 0.3, 0.05
TYPE_COUNT, FEW = 20, 10
# Header score above which the header alone can decide.
HEADER_NAMES = 0.5
# Minimum share of passing values among those of the same shape.
SHAPE_SHARE = 0.5
# Mean score of the passing values that proves the kind without a header.
PROOF = 0.85
_STRENGTH: dict[Verdict, int] = {"type": 4, "likely": 3, "mixed": 2, "header": 1, "none": 0}
_BY_RANK = sorted(REGISTRY.values(), key=lambda recogniser: recogniser.rank)
header_index = HeaderIndex({kind.id: kind.header_words for kind in REGISTRY.values()})
header_matches = header_index.matches

REASONS: dict[str, str] = {
    "header_names": "The header indicates {kind} (word: {word}).",
    "header_silent": "The header does not indicate a known kind.",
    "values_fit": "{percent} % of {count} distinct values have the format of {kind}.",
    "values_disagree": (
        "The header indicates {kind}, but only {percent} % of {count} values match."
    ),
    "few_values": "Only {count} distinct values: the header is decisive.",
    "no_values": "The column contains no values.",
    "chance": "{percent} % of {count} values match {kind}, no more than by chance.",
    "running_numbers": "The values increase like a serial number, so they are not {kind}.",
    "also_fits": "{percent} % of the values also have the format of {kind}.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a verdict. `params` are recogniser names, header words and figures, never values."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def template(self) -> str:
        """The English sentence with placeholders in braces: the msgid."""
        return REASONS[self.code]

    @property
    def sentence(self) -> str:
        """The formatted English sentence."""
        return self.template.format(**dict(self.params))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnVerdict:
    """The kind of a column. `share` of the `distinct` sampled values that pass, 0 to 1.

    `also`: other recognisers that fit, with their shares. `score`: 0 to 1, for sorting.
    """

    recogniser: str | None
    verdict: Verdict
    score: float
    share: float
    distinct: int
    header_score: float
    also: tuple[tuple[str, float], ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """One recogniser on one column."""

    recogniser: Recogniser
    header: float
    word: str
    share: float
    proven: bool
    verdict: Verdict
    why: tuple[Reason, ...] = ()

    @property
    def order(self) -> tuple[float, ...]:
        """Sort key, best first: strength, proof by values, header, specificity.

        Proof by values comes before the header: id numbers under "order number" are id numbers.
        """
        strength = -_STRENGTH[self.verdict]
        return (strength, -self.proven, -round(self.header, 1), self.recogniser.rank, -self.share)


def classify_column(header: str, values: Sequence[str | None], *, today: date) -> ColumnVerdict:
    """Classify a column; `values` are cells as text, in file order, and blanks are skipped."""
    named = {match[0]: match[1:] for match in header_matches(header)}
    sample = _sample(values, SAMPLE)
    fits = _fits(sample, named, today)
    best = max((fit.share for fit in fits), default=0.0)
    # Near a threshold a larger sample is worth its cost.
    if HEADER_SHARE - 0.1 <= best <= TYPE_SHARE + 0.05 and len(sample) == SAMPLE:
        sample = _sample(values, LARGEST_SAMPLE)
        fits = _fits(sample, named, today)
    return _verdict(fits, len(sample))


def _sample(values: Sequence[str | None], size: int) -> list[str]:
    """Up to `size` distinct values, spread evenly over the first SCANNED distinct ones."""
    seen: dict[str, None] = {}
    for value in values:
        if value and value not in seen:
            text = unwrapped(half_width(value))
            if text not in BLANKS:
                seen[text] = None
                if len(seen) >= SCANNED:
                    break
    step = max(1, len(seen) // size)
    return list(islice(seen, 0, None, step))[:size]


def _fits(sample: list[str], named: dict[str, tuple[float, str]], today: date) -> list[_Fit]:
    fits = []
    for recogniser in _BY_RANK:
        header, word = named.get(recogniser.id, (0.0, ""))
        if header < HEADER_NAMES and recogniser.needs_header:
            continue
        fits.append(_fit(recogniser, sample, header, word, today))
    return sorted(fits, key=lambda fit: fit.order)


def _fit(recogniser: Recogniser, sample: list[str], header: float, word: str, today: date) -> _Fit:
    bar = PASS_WITH_HEADER if header >= HEADER_NAMES else PASS
    passing, mean = _passing(recogniser, sample, bar, today)
    share = len(passing) / len(sample) if sample else 0.0
    backed = header >= HEADER_NAMES
    verdict = _decide(share, len(sample), header)
    why: tuple[Reason, ...] = ()
    if not backed and verdict != "none":
        if verdict == "mixed" and not _same_shape_passes(passing, sample):
            verdict, why = "none", (_about("chance", recogniser, share, len(sample)),)
        elif _counts_up(passing):
            verdict, why = "none", (Reason("running_numbers", (("kind", recogniser.name),)),)
    return _Fit(recogniser, header, word, share, mean >= PROOF, verdict, why)


def _passing(
    recogniser: Recogniser, sample: list[str], bar: float, today: date
) -> tuple[list[str], float]:
    """The passing values and their mean score."""
    score = recogniser.score
    scored = [(value, points) for value in sample if (points := score(value)) >= bar]
    if possible := recogniser.possible:
        day = Today.of(today)
        scored = [pair for pair in scored if possible(pair[0], day)]
    mean = sum(points for _, points in scored) / len(scored) if scored else 0.0
    return [value for value, _ in scored], mean


def _decide(share: float, count: int, header: float) -> Verdict:
    """The verdict for one recogniser, by the rule in the module's docstring."""
    backed = header >= HEADER_NAMES
    if count < FEW:
        if header <= HEADER_NAMES:
            return "none"
        return "likely" if count and share >= TYPE_SHARE else "header"
    if share >= TYPE_SHARE and count >= TYPE_COUNT:
        return "type"
    if share >= LIKELY_SHARE or (backed and share >= HEADER_SHARE):
        return "likely"
    if share >= MIXED_SHARE:
        return "mixed"
    return "header" if header > HEADER_NAMES else "none"


def _same_shape_passes(passing: list[str], sample: list[str]) -> bool:
    """Whether most values of the same length and composition pass; otherwise the matches are accidental."""
    shapes = {(len(value), value.isdigit()) for value in passing}
    alike = sum((len(value), value.isdigit()) in shapes for value in sample)
    return len(passing) >= SHAPE_SHARE * alike


def _counts_up(passing: list[str]) -> bool:
    """Whether digits-only values are consecutive numbers of a counter, not numbers of people.

    A counter leaves the leading digits constant; numbers of people vary right after the issuer's or
    carrier's prefix.
    """
    if len(passing) < FEW or not all(value.isdigit() for value in passing[:FEW]):
        return False
    numbers = [value for value in passing if value.isdigit() and len(value) == len(passing[0])]
    if len(numbers) < FEW or len(numbers[0]) < 9:
        return False
    ahead = sum(lower < upper for lower, upper in pairwise(numbers))
    ordered = ahead >= 0.95 * (len(numbers) - 1)
    fronts = {value[: len(value) - 6] for value in numbers}
    return len(fronts) <= max(1, len(numbers) // 20) or (ordered and len(numbers) >= TYPE_COUNT)


def _about(code: str, recogniser: Recogniser, share: float, count: int) -> Reason:
    figures = (("kind", recogniser.name), ("percent", round(share * 100)), ("count", count))
    return Reason(code, figures)


def _verdict(fits: list[_Fit], count: int) -> ColumnVerdict:
    best = next((fit for fit in fits if fit.verdict != "none"), None)
    if best is None:
        return ColumnVerdict(
            recogniser=None, verdict="none", score=0.0, share=0.0, distinct=count,
            header_score=0.0, also=(),
            reasons=(
                Reason("header_silent" if count else "no_values"),
                *(reason for fit in fits for reason in fit.why),
            ),
        )  # fmt: skip
    others = [fit for fit in fits if fit is not best and fit.verdict in ("type", "likely", "mixed")]
    return ColumnVerdict(
        recogniser=best.recogniser.id,
        verdict=best.verdict,
        score=_score(best),
        share=best.share,
        distinct=count,
        header_score=best.header,
        also=tuple((fit.recogniser.id, fit.share) for fit in others[:5]),
        reasons=_reasons(best, others, count),
    )


def _score(fit: _Fit) -> float:
    base = {"type": 0.8, "likely": 0.6, "mixed": 0.3, "header": 0.3, "none": 0.0}[fit.verdict]
    return round(min(1.0, base + 0.1 * fit.share + 0.1 * fit.header), 3)


def _reasons(best: _Fit, others: list[_Fit], count: int) -> tuple[Reason, ...]:
    kind = best.recogniser
    reasons = [
        Reason("header_names", (("kind", kind.name), ("word", best.word)))
        if best.header
        else Reason("header_silent")
    ]
    if not count:
        reasons.append(Reason("no_values"))
    elif best.verdict == "header" and count >= FEW:
        reasons.append(_about("values_disagree", kind, best.share, count))
    else:
        reasons.append(_about("values_fit", kind, best.share, count))
        if count < FEW:
            reasons.append(Reason("few_values", (("count", count),)))
    reasons += [_about("also_fits", fit.recogniser, fit.share, count) for fit in others[:2]]
    return tuple(reasons)
