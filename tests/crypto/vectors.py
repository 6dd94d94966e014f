"""Reads the golden vectors for the tests."""

import json
from pathlib import Path
from typing import Any

from tutela.crypto.hierarchy import Kek
from tutela.crypto.sealing import CustomerKeys, RowSealer
from tutela.crypto.suites import Suite

FOLDER = Path(__file__).parents[1] / "vectors" / "crypto"


def load(file: str, part: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / file).read_text(encoding="utf-8"))[part]


def both(file: str, part: str) -> list[dict[str, Any]]:
    """Vectors of both versions of the envelope: cells sealed alone, and whole records."""
    whole = [{**row, "name": f"whole, {row['name']}"} for row in load(f"whole-{file}", part)]
    return [*load(file, part), *whole]


def name_of(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def raw(vector: dict[str, Any], *keys: str) -> list[bytes]:
    return [bytes.fromhex(vector[key]) for key in keys]


def row_of(vector: dict[str, Any]) -> RowSealer:
    root, customer, installation, record = raw(vector, "root", "customer", "installation", "record")
    suite = Suite(vector["suite"])
    keys = CustomerKeys(root, suite, vector["generation"], customer, installation)
    return keys.row(vector["collection"], record)


def kek_of(vector: dict[str, Any]) -> Kek:
    key, installation = raw(vector, "kek", "installation")
    return Kek(vector["kek_version"], Suite(vector["suite"]), key, installation)
