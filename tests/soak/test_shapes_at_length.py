"""Files of more seeds than the quick tests make, and of writers that those do without: LibreOffice and DuckDB."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from tests.vault_importing.shapes import converted, duckdbs, judge
from tests.vault_importing.shapes.shape import Shape
from tests.vault_importing.shapes.test_put_in_comes_out import WRITERS, written

SEEDS = range(1_000, 1_000 + int(os.environ.get("TUTELA_SHAPES", "150")))
OF_LIBREOFFICE = SEEDS[:40]


def faults_in(shapes: Iterable[Shape]) -> list[str]:
    faults: list[str] = []
    for shape in shapes:
        outcome = judge.judged(shape)
        faults += [f"{shape.style}: {text}" for text in outcome.wrong + outcome.rejected]
    return faults


@pytest.mark.parametrize("writer", WRITERS)
def test_many_more_files_come_in_right(writer: str):
    """The same promise as of the quick test, on other seeds."""
    faults = faults_in(written(writer, seed) for seed in SEEDS)
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:20])


@pytest.mark.parametrize("write", [duckdbs.parquet_by_duckdb, duckdbs.csv_by_duckdb])
def test_what_duckdb_copies_comes_out(write, tmp_path: Path):
    faults = faults_in(write(Random(f"DuckDB {seed}"), tmp_path) for seed in SEEDS)
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:20])


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """Debian's LibreOffice, installed where it is missing; without it these tests fail."""
    if not converted.is_there():
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        packages = [
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "libreoffice-calc",
        ]
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        subprocess.run(packages, check=True, capture_output=True, env=environment)


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize("ending", converted.TARGETS)
def test_what_libreoffice_has_saved_comes_out(ending: str, tmp_path: Path):
    """A workbook that went through LibreOffice, in each form that it can be kept in."""
    faults = faults_in(converted.by_libreoffice(tmp_path / "files", ending, OF_LIBREOFFICE))
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:20])
