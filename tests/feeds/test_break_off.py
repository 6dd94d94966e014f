"""A delivery that is broken off, by kill -9 too, leaves whole chunks; the same file goes on and nothing is
doubled."""

import io
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from tests.feeds.conftest import HEADER, at, local, looks
from tutela.feeds import queries
from tutela.feeds.actions import chunks, deliveries
from tutela.feeds.models import Delivery, Door
from tutela.trail import log

RECORDS = 60


def text(first: int = 1, records: int = RECORDS) -> str:
    rows = [f"{local(at(5, n))},u_core,C00001,,,,{n}" for n in range(first, first + records)]
    return "\n".join([HEADER, *rows])


class Broken(Exception):
    """What stops a delivery."""


@pytest.mark.parametrize("place", ["leaves", "count"])
def test_a_chunk_is_stored_whole_or_not_at_all(ground, monkeypatch, place):
    """Whether it breaks before its leaves or behind them, at the second chunk of three."""
    monkeypatch.setattr(chunks, "CHUNK_LOOKS", 20)
    monkeypatch.setattr(deliveries, "CHUNK_LOOKS", 20)
    feed = ground.register(f"broken-{place}")
    calls = []

    def break_off(what):
        def act(*given):
            calls.append(1)
            if len(calls) == 2:
                raise Broken
            return what(*given)

        return act

    with monkeypatch.context() as patch:
        if place == "leaves":
            patch.setattr(log, "append_all_with_change", break_off(log.append_all_with_change))
        else:
            patch.setattr(chunks, "_advance", break_off(chunks._advance))
        with pytest.raises(Broken):
            ground.deliver(feed, text())
    assert len(looks(feed)) == 20
    (begun,) = Delivery.objects.filter(feed=feed)
    assert (begun.ended_at, begun.looks) == (None, 20)
    done = ground.deliver(feed, text())
    assert done.id == begun.id
    assert (done.lines, done.looks, done.doubled) == (RECORDS, RECORDS, 0)
    numbers = [leaf.detail["record_number"] for leaf in looks(feed)]
    assert numbers == list(range(1, RECORDS + 1))
    (covered,) = queries.coverage([feed.name])
    assert (covered.looks, covered.missing, covered.deliveries) == (RECORDS, 0, 1)


def test_kill_9_in_the_middle_of_a_file(ground, tmp_path):
    """The process dies with a chunk in its open transaction; the next one takes in the rest."""
    feed = ground.register("killed")
    file = tmp_path / "looks.csv"
    file.write_text(text(), encoding="utf-8")
    program = textwrap.dedent(
        f"""
        import os, signal, django
        django.setup()
        from tutela.base.actor import Actor, Channel
        from tutela.feeds.actions import chunks, deliveries
        deliveries.CHUNK_LOOKS = 20
        kept, calls = chunks._advance, []
        def advance(*given):
            kept(*given)
            calls.append(1)
            if len(calls) == 2:
                os.kill(os.getpid(), signal.SIGKILL)
        chunks._advance = advance
        actor = Actor(kind="staff", id="{ground.carrier.actor.id}", channel=Channel.PAGE)
        with open("{file}", "rb") as stream:
            deliveries.deliver_looks(actor, "killed", stream, "file")
        """
    )
    died = subprocess.run(
        [sys.executable, "-c", program], env=os.environ, capture_output=True, check=False
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert len(looks(feed)) == 20
    with file.open("rb") as stream:
        done = deliveries.deliver_looks(ground.carrier.actor, "killed", stream, Door.FILE)
    assert (done.looks, done.doubled) == (RECORDS, 0)
    numbers = [leaf.detail["record_number"] for leaf in looks(feed)]
    assert numbers == list(range(1, RECORDS + 1))


def test_a_wrong_line_at_the_end_of_a_long_file_stores_nothing(ground, monkeypatch):
    """It is read whole before its first chunk is stored."""
    monkeypatch.setattr(deliveries, "CHUNK_LOOKS", 20)
    monkeypatch.setattr(deliveries, "MOST_HELD", 30)
    feed = ground.register("wrong-end")
    for wrong in (
        'cut,"off',
        f"{local(at(-1))},u_core,C00001,,,,99",
        "2019-01-01 00:00:00,u,C00001,,,,99",
    ):
        with pytest.raises(Exception) as refused:
            ground.deliver(feed, f"{text()}\n{wrong}\n")
        assert refused.value.params["line"] == RECORDS + 2
    assert ground.deliver(ground.register("long-file"), text()).looks == RECORDS
    assert looks(feed) == []
    assert not Delivery.objects.filter(feed=feed).exists()
    assert not queries.gaps(feed.id)


def test_a_file_without_records_is_refused(ground):
    """Also one with a header alone."""
    feed = ground.register("empty-file")
    for data in ("", HEADER + "\n"):
        with pytest.raises(Exception) as refused:
            deliveries.deliver_looks(
                ground.carrier.actor, feed.name, io.BytesIO(data.encode()), Door.FILE
            )
        assert refused.value.code in {"feeds.body_empty", "feeds.column_missing"}
