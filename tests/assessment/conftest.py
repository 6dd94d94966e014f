"""The people of the assessment tests, one a post, in a database of the file's own."""

from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.access import cast
from tutela.access import evidence as access
from tutela.assessment import live
from tutela.base.readings import Ask, Reading
from tutela.trail import evidence as trail
from tutela.vault import evidence as vault


def _read(asks: Sequence[Ask]) -> Mapping[Ask, Reading]:
    found: dict[Ask, Reading] = {}
    for source in (trail.SOURCE, access.SOURCE, vault.SOURCE):
        its = [ask for ask in asks if ask.target == source.target]
        found.update(zip(its, source.read(its), strict=True))
    return found


@pytest.fixture(autouse=True)
def _rooms() -> Iterator[None]:
    """Live controls read the three rooms that the assessment itself knows nothing of."""
    before = live.provide(_read)
    yield
    live.provide(before)


@pytest.fixture(scope="module")
def people(database: str) -> dict[str, cast.Member]:
    """Compliance officer, security administrator, auditor and two who may do less."""
    cast.plant_branches()
    posts = ("compliance_officer", "security_admin", "auditor", "branch_manager", "service_agent")
    return {post: cast.hire(post, "EAST") for post in posts}
