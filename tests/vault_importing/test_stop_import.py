"""An import goes no further than the right of whoever asked for it."""

from pathlib import Path

import pytest

from tests import imports
from tests.vault_importing.conftest import Insurer
from tutela.access import queries as people
from tutela.access import snapshot
from tutela.access.actions.keys import create_api_key, revoke_api_key
from tutela.access.errors import KeyRefused
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.crypto.normalise import id_card_18
from tutela.trail import queries as trail
from tutela.vault.importing.reading.sources import FileSource


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [
        f"S{n},欧阳测试,{id_card_18(f'110101198503{n - 100:02d}001')}\n" for n in range(101, 131)
    ]
    made = tmp_path / "many.csv"
    made.write_text("客户号,姓名,证件号码\n" + "".join(rows), encoding="utf-8")
    return made


def test_a_key_revoked_in_the_middle_stops_an_import_at_the_next_chunk(
    insurer: Insurer, path: Path
) -> None:
    """What was committed stays, a leaf says why it stopped, and a new start is refused."""
    staff = people.staff_by_login(people.LOCAL_OPERATOR)
    key, _ = create_api_key(SYSTEM, staff, label="nightly")
    snapshot.reload()
    actor = Actor(kind="machine", id=str(staff.id), channel=Channel.JOB, session=key.public_id)
    done: list[int] = []

    def watch(rows: int, _total: int) -> None:
        done.append(rows)
        revoke_api_key(SYSTEM, key.id)
        snapshot.reload()

    with pytest.raises(KeyRefused):
        imports.bring_in(actor, FileSource(path), workers=1, chunk_rows=10, progress=watch)
    assert done == [10]
    (leaf,) = trail.leaves(trail.LeafFilter(event="vault.import.failed"), limit=1)
    assert leaf.detail["code"] == KeyRefused.code
    with pytest.raises(KeyRefused):
        imports.bring_in(actor, FileSource(path), workers=1, chunk_rows=10)
    assert insurer.bring_in(path, workers=1, chunk_rows=10).resumed
