"""Non-interference: whoever cannot see a customer cannot tell whether there is one, or what it holds.

The same random acts in installations that differ only in one customer of another branch: every answer must
be the same. A few acts of each post here; thousands in tests/soak.
"""

from collections.abc import Iterator
from random import Random

import pytest

from tests.doors import play, worlds
from tutela.cli.running.cluster import Cluster

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ground(cluster: Cluster, database: str) -> Iterator[worlds.Worlds]:
    made = worlds.make(cluster, database)
    with play.unhurried():
        yield made
    made.drop()


def test_random_acts_tell_nothing(ground: worlds.Worlds) -> None:
    """The customer is not there, or is; a few acts of each post."""
    plan = {
        post: play.drawn(Random(post), ground.ground, 25) for post in worlds.posts(ground.ground)
    }
    play.compare(ground, plan, (worlds.ABSENT, worlds.THERE))
