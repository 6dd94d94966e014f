"""The slow tests stand on the same installations as the fault tests; each is marked slow."""

from pathlib import Path

import pytest

from tests.faults.conftest import copied, stopped

__all__ = ["copied", "stopped"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.slow)
        item.add_marker(pytest.mark.timeout(600))
