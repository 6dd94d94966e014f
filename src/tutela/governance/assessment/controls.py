"""The control set, read once from `controls.yaml` and checked."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MEASURES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7")
# The shapes of an item number of GB/T 22239 (level 3 begins with 8), JR/T 0171 and ISO/IEC 27001 Annex A.
_MLPS, _JRT, _ISO = (
    re.compile(shape)
    for shape in (r"8\.[1-4](\.\d{1,2}){1,2}", r"\d(\.\d){1,3}", r"[5-8]\.\d{1,2}")
)


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
    def unverified(self) -> tuple[str, ...]:
        """The numbers that no public source vouches for, each with its standard."""
        given = (("GB/T 22239", "mlps"), ("JR/T 0171", "jrt"), ("ISO/IEC 27001 A", "iso"))
        return tuple(
            f"{standard} {number}"
            for standard, name in given
            for number in getattr(self, name)
            if not CHECKED[name].vouches(number)
        )

    def name(self, *, chinese: bool) -> str:
        return self.name_zh if chinese else self.name_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How far the numbers of a standard were held against a public source. `parts` are the beginnings
    of numbers that are verified; a whole chapter alone vouches for no section of it unless `whole`."""

    whole: bool
    parts: tuple[str, ...]
    source: str

    def vouches(self, number: str) -> bool:
        """Whether a number was found in the source with the subject that we mean."""
        if self.whole or number in self.parts:
            return True
        return any("." in part and number.startswith(f"{part}.") for part in self.parts)


def _told() -> dict[str, Any]:
    text = (Path(__file__).parent / "controls.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    return told


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
    numbers = ((_MLPS, made.mlps), (_JRT, made.jrt), (_ISO, made.iso))
    known = all(shape.fullmatch(number) for shape, given in numbers for number in given)
    if not known or not made.measures or not set(made.measures) <= set(MEASURES):
        raise ValueError(f"controls.yaml: {made.code} has a number or measure that does not exist")
    return made


def _checked(row: dict[str, Any]) -> Checked:
    whole = row["state"] == "verified"
    return Checked(whole=whole, parts=tuple(row["verified"]), source=row["source"])


VERSION, CONTROLS = _read(_told())
CHECKED = {name: _checked(row) for name, row in _told()["checked"].items()}
