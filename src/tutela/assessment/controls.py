"""The control set, read once from `controls.yaml` and checked."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tutela.base.shipped import read_yaml

MEASURES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7")
STANDARDS = {"mlps": "GB/T 22239", "jrt": "JR/T 0171", "iso": "ISO/IEC 27001 A"}


class Backing(StrEnum):
    """How many public sources give a number with the subject that we mean."""

    AGREED = "agreed"
    SINGLE = "single"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One control. `live` is the target whose reading answers it, or empty when a person must."""

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

    def text(self, *, chinese: bool) -> str:
        return self.text_zh if chinese else self.text_en

    @property
    def single(self) -> tuple[str, ...]:
        """The numbers that one public source alone gives, each with its standard."""
        return self._backed(Backing.SINGLE)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The numbers that no public source gives, each with its standard."""
        return self._backed(Backing.OPEN)

    def _backed(self, backing: Backing) -> tuple[str, ...]:
        return tuple(
            f"{title} {number}"
            for standard, title in STANDARDS.items()
            for number in getattr(self, standard)
            if BACKING[standard, number] == backing
        )

    def name(self, *, chinese: bool) -> str:
        return self.name_zh if chinese else self.name_en


def _told() -> dict[str, Any]:
    text = (Path(__file__).parent / "controls.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = read_yaml(text)
    return table


def _read(told: dict[str, Any]) -> tuple[int, dict[str, Control]]:
    controls = [_control(row) for row in told["controls"]]
    by_code = {control.code: control for control in controls}
    if len(by_code) != len(controls):
        raise ValueError("controls.yaml gives a code twice")
    return int(told["version"]), by_code


def _control(row: dict[str, Any]) -> Control:
    """One row as a Control; ValueError names the code of a row that cannot be used."""
    (name_zh, text_zh), (name_en, text_en) = row["zh"], row["en"]
    made = Control(
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
        for number in getattr(made, standard)
    )
    if not known or not made.measures or not set(made.measures) <= set(MEASURES):
        raise ValueError(f"controls.yaml: {made.code} has a number or measure that nobody checked")
    return made


def _backing(checked: dict[str, Any]) -> dict[tuple[str, str], Backing]:
    """What stands behind each number that was checked; KeyError for a source that is not described."""
    gives_numbers = {name: bool(source["numbers"]) for name, source in checked["sources"].items()}
    return {
        (group["standard"], number): _of([gives_numbers[name] for name in group["sources"]])
        for group in checked["groups"]
        for number in _numbers(group)
    }


def _numbers(group: dict[str, Any]) -> list[str]:
    """The numbers of a group, which names them, or chapters with how many controls each has."""
    chapters: dict[int, int] = group.get("chapters", {})
    counted = [f"{one}.{place}" for one, last in chapters.items() for place in range(1, last + 1)]
    return [*group.get("numbers", ()), *counted]


def _of(sources: list[bool]) -> Backing:
    """A source without numbers only bears out one that has them."""
    if not any(sources):
        return Backing.OPEN
    return Backing.AGREED if len(sources) > 1 else Backing.SINGLE


_TOLD = _told()
BACKING = _backing(_TOLD["checked"])
VERSION, CONTROLS = _read(_TOLD)
