"""Why a column got its verdict: code and figures, in one sentence, never with a value."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES: dict[str, str] = {
    "header_names": "The header says {kind} (word: {word}).",
    "header_silent": "The header names no kind that is known.",
    "values_fit": "{percent} % of {count} different values have the form of {kind}.",
    "values_disagree": "The header says {kind}, but only {percent} % of {count} values fit.",
    "few_values": "Only {count} different values: the header decides.",
    "no_values": "The column holds no values.",
    "chance": "{percent} % of {count} values fit {kind}, no more than chance would give.",
    "running_numbers": "The values count up like a serial number, so they are not {kind}.",
    "also_fits": "{percent} % of the values also have the form of {kind}.",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the verdict. `params`: recogniser names, words of our lexicon, figures."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def template(self) -> str:
        """English sentence with places in braces: the source string for translation."""
        return SENTENCES[self.code]

    @property
    def sentence(self) -> str:
        """English sentence with its figures."""
        return self.template.format(**dict(self.params))
