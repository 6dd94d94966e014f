"""One small insurer, written once for these tests."""

import csv
import json
from pathlib import Path

import pytest

from sample.write import Order, write_all


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 4,000 customers, 3,000 policies and 2,200 claims."""
    out = tmp_path_factory.mktemp("sample insurer")
    write_all(Order(out=out, customers=4000, policies=3000, claims=2200))
    return out


@pytest.fixture(scope="session")
def customers(exports: Path) -> list[dict[str, str]]:
    """Rows of customers.csv as an old hand would read them."""
    return read(exports / "customers.csv", "gb18030")


@pytest.fixture(scope="session")
def spoilt(exports: Path) -> list[dict]:
    """What spoilt.json says."""
    return json.loads((exports / "spoilt.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def manifest(exports: Path) -> dict:
    """What manifest.json says."""
    return json.loads((exports / "manifest.json").read_text(encoding="utf-8"))


def read(path: Path, encoding: str) -> list[dict[str, str]]:
    """A CSV file as rows; a byte that cannot be read becomes U+FFFD."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return list(csv.DictReader(file))
