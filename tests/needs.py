"""What a test needs of the machine: CI installs it by name, so that it fails there without; a developer's machine skips."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it in CI. `what` says which Debian packages bring what is missing."""
    if os.environ.get("TUTELA_CI"):
        pytest.fail(what)
    pytest.skip(what)
