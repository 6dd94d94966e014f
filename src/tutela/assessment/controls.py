"""The control set, read once from `controls.yaml` and checked."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tutela.base.language import reads_chinese
from tutela.base.shipped import read_yaml

MEASURES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7")
STANDARDS = {"mlps": "GB/T 22239", "jrt": "JR/T 0171", "iso": "ISO/IEC 27001 A"}


class Backing(StrEnum):
    """How well public sources confirm a standard's number for the subject."""

    AGREED = "agreed"
    SINGLE = "single"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control. `live` is the target whose reading answers it; empty where a person rates it."""

    code: str
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str
    measures: tuple[str, ...]
    mlps: tuple[str, ...]
    jrt: tuple[str, ...]
    iso: tuple[str, ...]
    live: str

    def text(self) -> str:
        return self.text_zh if reads_chinese() else self.text_en

    @property
    def single(self) -> tuple[str, ...]:
        """The numbers given by only one public source, each with its standard."""
        return self._backed(Backing.SINGLE)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The numbers given by no public source, each with its standard."""
        return self._backed(Backing.OPEN)

    def _backed(self, backing: Backing) -> tuple[str, ...]:
        return tuple(
            f"{title} {number}"
            for standard, title in STANDARDS.items()
            for number in getattr(self, standard)
            if BACKING[standard, number] == backing
        )

    def name(self) -> str:
        return self.name_zh if reads_chinese() else self.name_en


def _read(content: dict[str, Any]) -> tuple[int, dict[str, Control]]:
    controls = [_control(row) for row in content["controls"]]
    by_code = {control.code: control for control in controls}
    if len(by_code) != len(controls):
        raise ValueError("controls.yaml gives a code twice")
    return int(content["version"]), by_code


def _control(row: dict[str, Any]) -> Control:
    """One row as a Control; ValueError names the code of an invalid row."""
    (name_zh, text_zh), (name_en, text_en) = row["zh"], row["en"]
    control = Control(
        code=row["code"],
        name_zh=name_zh,
        name_en=name_en,
        text_zh=text_zh,
        text_en=text_en,
        measures=tuple(row["measures"]),
        mlps=tuple(row.get("mlps", ())),
        jrt=tuple(row.get("jrt", ())),
        iso=tuple(row.get("iso", ())),
        live=row.get("live", ""),
    )
    known = all(
        (standard, number) in BACKING
        for standard in STANDARDS
        for number in getattr(control, standard)
    )
    if not known or not control.measures or not set(control.measures) <= set(MEASURES):
        raise ValueError(
            f"controls.yaml: {control.code} has a number or measure that nobody checked"
        )
    return control


def _backing(checked: dict[str, Any]) -> dict[tuple[str, str], Backing]:
    """How each number is confirmed; KeyError for a source that is not described."""
    gives_numbers = {name: bool(source["numbers"]) for name, source in checked["sources"].items()}
    return {
        (group["standard"], number): _of([gives_numbers[name] for name in group["sources"]])
        for group in checked["groups"]
        for number in _numbers(group)
    }


def _numbers(group: dict[str, Any]) -> list[str]:
    """The numbers of a group, listed, or given as chapters with their number of controls."""
    chapters: dict[int, int] = group.get("chapters", {})
    counted = [
        f"{chapter}.{place}" for chapter, last in chapters.items() for place in range(1, last + 1)
    ]
    return [*group.get("numbers", ()), *counted]


def _of(sources: list[bool]) -> Backing:
    """A source without numbers only confirms one that has them."""
    if not any(sources):
        return Backing.OPEN
    return Backing.AGREED if len(sources) > 1 else Backing.SINGLE


_CONTENT: dict[str, Any] = read_yaml(
    (Path(__file__).parent / "controls.yaml").read_text(encoding="utf-8")
)
BACKING = _backing(_CONTENT["checked"])
VERSION, CONTROLS = _read(_CONTENT)
