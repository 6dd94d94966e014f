"""A customer's keys in both suites, and a row to seal in."""

import pytest

from tutela.crypto.sealing import CustomerKeys, RowSealer
from tutela.crypto.suites import Suite

ROOT, CUSTOMER, INSTALLATION, RECORD = (bytes([n]) * size for n, size in zip(range(1, 5), (32, 16, 16, 16), strict=True))  # fmt: skip


@pytest.fixture(params=list(Suite), ids=lambda suite: suite.name)
def suite(request: pytest.FixtureRequest) -> Suite:
    return request.param


@pytest.fixture
def keys(suite: Suite) -> CustomerKeys:
    return CustomerKeys(ROOT, suite, 1, CUSTOMER, INSTALLATION)


@pytest.fixture
def row(keys: CustomerKeys) -> RowSealer:
    return keys.row(1, RECORD)
