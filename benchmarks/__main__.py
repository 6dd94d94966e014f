"""`python -m benchmarks [--soak] [--quick] [--only NAME…] [--beside COMMIT] [--gigabytes SIZE…]`: print the table.

`--beside COMMIT --only import` compares imports of the sizes that the measure of imports has.
The table goes into build/bench.json too.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import beside
from benchmarks.measure import Row, Scale

HERE = Path(__file__).parent
OUT = HERE.parent / "build" / "bench.json"
Facts = dict[str, object]
PARTS = ("cryptography", "django", "granian", "psycopg")
PEERS = ("tink", "pycasbin", "cedarpy", "pymerkle")


def names() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def main() -> int:
    """Run what is asked; 1 when a floor is missed or a benchmark breaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", action="store_true", help="the 10 million row measures only")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size, no floors")
    parser.add_argument("--only", nargs="*", choices=names(), default=names())
    parser.add_argument("--beside", metavar="COMMIT", help="only compare with another commit")
    sizes_help = "of the database that backups are measured on"
    parser.add_argument("--gigabytes", nargs="+", type=float, default=[1.0], help=sizes_help)
    told = parser.parse_args()
    scale = Scale(soak=told.soak, quick=told.quick, gigabytes=tuple(told.gigabytes))
    rows: list[Row] = []
    broken: list[str] = []
    if told.beside:
        sizes = told.only == ["import"]
        rows, told.only = beside.run(told.beside, quick=told.quick, imports_only=sizes), []
    for name in told.only:
        print(f"… {name}", file=sys.stderr, flush=True)
        try:
            rows += import_module(f"benchmarks.bench_{name}").run(scale)
        except Exception as error:  # the other measures still count
            broken.append(f"{name}: {type(error).__name__}: {error}")
    facts = machine(PARTS if told.beside else (*PARTS, *PEERS))
    _print(facts, rows, broken)
    _write(facts, rows, broken)
    missed = [row for row in rows if not row.ok] if not told.quick else []
    return 1 if missed or broken else 0


def machine(packages: Sequence[str]) -> Facts:
    """What the figures were measured on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count(),
        "python": platform.python_version(), "system": f"{platform.system()} {platform.release()}",
        **{name: _version(name) for name in packages},
    }  # fmt: skip


def _version(package: str) -> str:
    """A peer that is not there is needed by its own measure only."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _print(facts: Facts, rows: list[Row], broken: list[str]) -> None:
    print(", ".join(f"{name} {value}" for name, value in facts.items()) + "\n")
    print("| What | Ours | Beside | Theirs | Ratio | Floor | |")
    print("| --- | ---: | --- | ---: | ---: | ---: | --- |")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        theirs = "" if row.beside_value is None else f"{row.beside_value:,.4g} {row.unit}"
        floor = (
            "" if row.floor is None else f"{row.floor:g}" + ("×" if row.floor_of == "ratio" else "")
        )
        state = "" if row.floor is None else ("met" if row.ok else "**missed**")
        print(
            f"| {row.name} | {row.value:,.4g} {row.unit} | {row.beside} | {theirs} | {ratio} "
            f"| {floor} | {state} {row.note} |"
        )
    for line in broken:
        print(f"\nbroken: {line}")


def _write(facts: Facts, rows: list[Row], broken: list[str]) -> None:
    OUT.parent.mkdir(exist_ok=True)
    told = {"machine": facts, "rows": [row.as_dict() for row in rows], "broken": broken}
    OUT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
