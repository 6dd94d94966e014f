"""Base backups, incrementals and the log as runs: on targets under signed manifests, opened by hand, brought back."""

import json
import shutil
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest
from django.conf import settings

from tests import quick
from tests.backup import stage
from tutela.backup import reading, scratch, signing
from tutela.backup.actions import copies, physical, runs
from tutela.backup.errors import (
    ChainEnded,
    ChainMissing,
    ContentsUnlike,
    DataFolderTaken,
    MomentMissed,
    PhysicalOff,
    ProgramBroken,
    RecipientsMissing,
)
from tutela.backup.models import Listing, Run
from tutela.backup.physical import bringing, chains, links, log, moment
from tutela.backup.physical import ground as grounds
from tutela.backup.restoring.errors import RootKeyMissing
from tutela.backup.targets import open_place
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.trail.tree import sequencer


@pytest.fixture(scope="module")
def own(ground):
    """PostgreSQL's own programs, and the log kept."""
    before = settings.TUTELA_BACKUP_PHYSICAL, settings.TUTELA_BACKUP_LOG_MINUTES
    settings.TUTELA_BACKUP_PHYSICAL, settings.TUTELA_BACKUP_LOG_MINUTES = "own", 1
    stood = grounds.ground()
    yield stood
    log.release(stood.conninfo)
    settings.TUTELA_BACKUP_PHYSICAL, settings.TUTELA_BACKUP_LOG_MINUTES = before


@pytest.fixture(scope="module")
def life(ground, own, cluster, database):
    """A base, an incremental and the log, with rows between; the moment is before the last of them."""
    sequencer.sequence_once()
    with cluster.connect(database=database) as link:
        link.execute("CREATE TABLE public.lived (said text)")
        made = [_run(ground, "base")]
        link.execute("INSERT INTO public.lived VALUES ('before')")
        made.append(_run(ground, "incremental"))
        link.execute("INSERT INTO public.lived VALUES ('after')")
        (moment,) = link.execute("SELECT clock_timestamp() FROM (SELECT 1) AS row").fetchone()
        time.sleep(0.01)
        link.execute("TRUNCATE public.lived")
        made.append(physical.keep_log(SYSTEM))
    return made, moment


def _run(ground, kind):
    return runs.carry_out(SYSTEM, runs.run_now(ground.operator.actor, kind))


@contextmanager
def folder_for_server():
    made = quick.make_folder("tbf")
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _opened(offsite, ground):
    """Opens a set of the target for a reader."""
    return lambda name, read: _set(name, ground, offsite).through(read)


def test_sets_lie_on_the_target_under_manifests_that_tell_the_chain(life, offsite):
    made, _moment = life
    assert [run.state for run in made] == ["uploaded"] * 3
    told = [json.loads((offsite / run.set_name / "manifest.json").read_text()) for run in made]
    assert [one["kind"] for one in told] == ["base", "incremental", "wal"]
    assert told[1]["physical"]["parent"] == told[0]["set"]
    held, logs = links.held()
    assert [one.name for one in chains.newest_before(None, held)] == [
        one["set"] for one in told[:2]
    ]
    assert [one.name for one in chains.log_for(chains.newest_before(None, held), logs, None)] == [
        told[2]["set"]
    ]


def test_a_manifest_of_files_holds_no_value_of_a_customer(life, ground, offsite):
    """Not even the name of a database or of a table's file."""
    for run in life[0]:
        text = (offsite / run.set_name / "manifest.json").read_text()
        assert "lived" not in text
        assert "base/1/" not in text


def test_the_moment_comes_back_from_the_target(life, ground, own, offsite, database):
    """The rows until then, though the table was emptied since."""
    _made, moment = life
    held, logs = links.held()
    chain = chains.newest_before(moment, held)
    with folder_for_server() as folder:
        kept = chains.log_for(chain, logs, moment)
        data = bringing.unpack(chain, kept, _opened(offsite, ground), own.programs, folder)
        with bringing.brought_back(own.programs, data, until=moment, database=database) as back:
            with psycopg.connect(back.conninfo) as link:
                said = link.execute("SELECT said FROM public.lived ORDER BY said").fetchall()
            assert said == [("after",), ("before",)]


def test_a_base_opens_by_hand_and_starts(life, ground, own, offsite):
    """Debian's age, zstd and tar; then the server alone."""
    with folder_for_server() as folder:
        stage.unpack(offsite / life[0][0].set_name, ground.identities["escrow-1"], folder / "data")
        (folder / "data").chmod(0o700)
        with (
            bringing.brought_back(
                own.programs, folder / "data", until=None, database="postgres"
            ) as back,
            psycopg.connect(back.conninfo) as link,
        ):
            assert link.execute("SELECT count(*) > 0 FROM pg_class").fetchone() == (True,)


def test_sets_of_files_open_to_their_end_at_level_2(life, ground, offsite):
    """Base, incremental and log; and each is refused under the manifest of another."""
    opened = [_set(run.set_name, ground, offsite) for run in life[0]]
    for one in opened:
        assert one.list_contents() == []
    for one, other in pairwise(opened):
        with pytest.raises(ContentsUnlike):
            replace(
                one, manifest={**one.manifest, "physical": other.manifest["physical"]}
            ).list_contents()


def _set(name, ground, offsite):
    return reading.open_set(open_place(offsite.as_uri()), name, [ground.identities["operations-1"]])


def test_the_next_kind_follows_the_chain(life, own):
    assert physical.next_kind(own) == ("incremental", chains.Why.FOLLOWS)


def test_an_incremental_without_its_list_is_refused(life, ground):
    """The list was lost with a restore, say: a base begins anew, nothing half is left."""
    kept = list(Listing.objects.all())
    Listing.objects.all().delete()
    before = Run.objects.filter(state="uploaded").count()
    with pytest.raises(ChainEnded):
        _run(ground, "incremental")
    assert Run.objects.filter(state="uploaded").count() == before
    Listing.objects.bulk_create(kept)


def test_a_program_that_is_gone_is_a_fault_of_the_backup(life, ground, own, monkeypatch, tmp_path):
    """One sentence, a failed run, and no file of it anywhere."""
    broken = replace(own, programs=replace(own.programs, folder=tmp_path))
    monkeypatch.setattr(physical, "ground", lambda: broken)
    with pytest.raises(ProgramBroken):
        _run(ground, "base")
    run = Run.objects.order_by("-due_at").first()
    assert (run.state, run.code) == ("failed", "backup.program_broken")
    assert not list((settings.TUTELA_BACKUP_FOLDER / "staged").glob("*-base"))


def test_what_is_switched_off_is_not_made(life, ground, own, monkeypatch):
    monkeypatch.setattr(physical, "ground", lambda: replace(own, way=grounds.Way.OFF))
    with pytest.raises(PhysicalOff):
        _run(ground, "base")
    assert physical.take_due(SYSTEM) is None
    assert physical.keep_log(SYSTEM) is None


def test_the_day_has_one_physical_backup(life, own):
    """Today's was taken; tomorrow's goes on with the chain."""
    assert physical.take_due(SYSTEM) is None


def test_shipped_files_leave_the_spool_and_the_server(life, own):
    """What lies on a target is not kept twice."""
    made, _moment = life
    names = set(made[2].manifest["physical"]["files"])
    assert names
    assert not names & {path.name for path in log.closed(own.spool).files}


def test_chains_are_given_up_with_the_window_of_keys(life, own, monkeypatch):
    """Their sets hold wrapped keys too. The newest chain stays."""
    later = clock.now() + timedelta(days=500)
    assert not [copy for copy in copies.expired(later) if copy.run.kind in {"base", "incremental"}]


def test_keys_that_open_full_sets_alone_are_not_enough(life, ground, monkeypatch):
    """A base backup holds the schema of keys."""
    monkeypatch.setattr(physical.queries, "recipients", _only_full(physical.queries.recipients))
    with pytest.raises(RecipientsMissing):
        physical.sealed_to()


def _only_full(ask):
    return lambda kind: [] if kind == "keys" else ask(kind)


def _found(ground, offsite, until):
    identities = [ground.identities["operations-1"]]
    return moment.find(open_place(offsite.as_uri()), identities, signing.public_key(), until)


def test_a_lost_data_directory_is_back_at_the_moment(
    life, ground, offsite, database, monkeypatch, own
):
    """In the installation's own place, inspected from inside as after every restore, and with rows of then."""
    _made, at = life
    found = _found(ground, offsite, at)
    with folder_for_server() as folder:
        stood = _lost(folder, own, monkeypatch)
        seat = scratch.Seat(home=folder / "home", database=database, is_scratch=False)
        stages = []
        findings = moment.restore(
            found, stood, scratch.machine(), seat, stood.data, until=at, told=([], 0),
            stage=lambda name, _done, _most: stages.append(name),
        )  # fmt: skip
        assert {one.result for one in findings} == {"passed"}
        assert stages[-2:] == ["replaying", "checking"]
        with scratch.machine().own() as server, server.connect(database) as link:
            said = link.execute("SELECT said FROM public.lived ORDER BY said").fetchall()
        assert said == [("after",), ("before",)]
        with pytest.raises(DataFolderTaken):
            moment.check_free(stood.data, folder / "home")


def _lost(folder, own, monkeypatch):
    """A second data directory with the key files alone."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    for path in settings.TUTELA_HOME.iterdir():
        if path.is_file() and not path.name.startswith(("cluster", "trail.signed")):
            shutil.copy2(path, home)
    monkeypatch.setattr(settings, "TUTELA_HOME", home)
    return replace(grounds.ground(), minutes=own.minutes)


def test_a_moment_that_was_not_kept_is_refused_before_anything_is_written(life, ground, offsite):
    """After the last kept part of the log, and before the first base."""
    with pytest.raises(MomentMissed):
        _found(ground, offsite, clock.now() + timedelta(hours=1))
    with pytest.raises(ChainMissing):
        _found(ground, offsite, clock.now() - timedelta(days=300))


def test_without_the_root_key_nothing_is_begun(tmp_path):
    with pytest.raises(RootKeyMissing):
        moment.check_free(tmp_path / "cluster", tmp_path)
