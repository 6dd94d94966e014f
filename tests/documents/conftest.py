"""The people of the document tests: one who drafts, three who may approve, a clerk, an auditor."""

from dataclasses import dataclass

import pytest

from tests.access import cast
from tests.access.cast import Member


@dataclass(frozen=True)
class People:
    """A fixed cast."""

    drafter: Member
    first: Member
    second: Member
    clerk: Member
    auditor: Member
    machine: Member


@pytest.fixture(scope="module")
def people(database: str) -> People:
    """Everybody, in a database of this file's own."""
    cast.plant_branches()
    return People(
        drafter=cast.hire("security_admin", "HQ"),
        first=cast.hire("compliance_officer", "HQ"),
        second=cast.hire("branch_manager", "EAST"),
        clerk=cast.hire("service_agent", "EAST"),
        auditor=cast.hire("auditor", "HQ"),
        machine=cast.hire("machine", "HQ"),
    )
