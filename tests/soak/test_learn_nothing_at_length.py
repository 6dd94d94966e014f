"""Non-interference at length: two thousand acts of each post in three installations.

They differ only in one customer of another branch: absent, there, there with other values. `SOAK_SEED`
draws other acts; a failure prints the shortest row of acts found and is kept as a case in tests/doors.
"""

import os
from collections.abc import Iterator
from random import Random

import pytest

from tests.doors import play, worlds
from tutela.access.posts import POSTS
from tutela.cli.running.cluster import Cluster

ACTS = int(os.environ.get("SOAK_ACTS", "2000"))
SEED = os.environ.get("SOAK_SEED", "1")


@pytest.fixture(scope="module")
def ground(cluster: Cluster, database: str) -> Iterator[worlds.Worlds]:
    made = worlds.make(cluster, database)
    with play.unhurried():
        yield made
    made.drop()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("post", [code for code, post in POSTS.items() if post.kind == "staff"])
def test_two_thousand_acts_tell_nothing(ground: worlds.Worlds, post: str) -> None:
    """Whatever the person does, and in whatever order. `SOAK_ACTS` draws fewer for a quick look."""
    if post not in worlds.posts(ground.ground):
        pytest.skip("no customer is outside this post's scope")
    plan = {post: play.drawn(Random(f"{SEED}/{post}"), ground.ground, ACTS)}
    play.compare(ground, plan, worlds.WORLDS)
