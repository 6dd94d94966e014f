"""The sample insurer's files, as real exports are, come in as its manifest says."""

import json
from collections.abc import Mapping

import pytest

from tests.vault_importing.conftest import Insurer


@pytest.fixture(scope="module")
def results(insurer: Insurer) -> dict[str, object]:
    """All files, imported in the order that an office would."""
    names = ("customers.csv", "policies.xlsx", "claims.csv", "contacts.csv", "customers.xlsx")
    return {name: insurer.bring_in(name) for name in names}


@pytest.fixture(scope="module")
def manifest(insurer: Insurer) -> Mapping[str, Mapping[str, int]]:
    return json.loads((insurer.files / "manifest.json").read_text())["files"]


@pytest.mark.parametrize("name", ["customers.csv", "policies.xlsx", "claims.csv"])
def test_a_file_with_spoilt_rows_gives_what_its_manifest_says(name, results, manifest):
    """Spoilt rows are refused or mended, each as the sample knows."""
    result, told = results[name], manifest[name]
    counts = (result.rows, result.created, result.unchanged, result.rejected)
    assert counts == (told["rows"], told["created"], told["unchanged"], told["refused"])


def test_a_later_workbook_finds_most_customers_unchanged(results, manifest):
    """Another form of the same data changes nothing but what really changed."""
    result, told = results["customers.xlsx"], manifest["customers.xlsx"]
    counts = (result.unchanged, result.changed, result.created)
    assert counts == (told["unchanged"], told["changed"], told["new"])
