"""A set is read back: by signature, hashes and the end of its stream; what is not as it was is refused by name."""

import hashlib
import shutil

import pytest

from tests.backup import sealed
from tests.vault.factories import make_cast, make_customer
from tutela.backup import pipeline, reading
from tutela.backup.errors import (
    ContentsUnlike,
    ManifestForged,
    ManifestOfAnotherSet,
    ObjectMissing,
    PartCut,
    PartDamaged,
    PartMissing,
    SetClosed,
)
from tutela.backup.reading import PartSource, open_set
from tutela.backup.targets import open_place
from tutela.crypto import age
from tutela.trail.tree import sequencer


@pytest.fixture(scope="module")
def made(database, tmp_path_factory):
    """Two sets of a database with a customer, in parts of some 100 kB."""
    cast = make_cast()
    make_customer(cast.east, phone="13811110055")
    sequencer.sequence_once()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "MEGA", 100)
        yield sealed.seal(tmp_path_factory.mktemp("target"))


@pytest.fixture
def copied(made, tmp_path):
    """A copy of the target's folder, to be broken."""
    shutil.copytree(made.folder, tmp_path / "target")
    return sealed.Sealed(
        tmp_path / "target", made.full, made.keys, made.identity, made.signer, made.at
    )


def _part(copied, number=1):
    return copied.folder / copied.full / f"data.tar.zst.age.{number:04d}"


def _change(path, place=-1000):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))


def test_a_whole_set_passes_every_level(made, tmp_path):
    """Lengths, hashes, the stream to its end, each file of it, and the dump's table of contents."""
    opened = made.opened()
    opened.check_lengths()
    read = []
    opened.check_parts(read.append)
    assert read[-1] == opened.sealed_bytes
    listed = opened.list_contents(tmp_path / "toc")
    assert [one.name for one in listed] == [one.name for one in opened.members]
    assert [path.name for path in (tmp_path / "toc").rglob("*") if path.is_file()] == ["toc.dat"]
    assert (tmp_path / "toc" / "dump" / "toc.dat").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("level", ["hashes", "stream"])
def test_a_changed_byte_is_refused(copied, level):
    _change(_part(copied))
    opened = copied.opened()
    with pytest.raises(PartDamaged):
        opened.check_parts() if level == "hashes" else opened.list_contents()


def test_the_stream_alone_refuses_a_changed_byte_too(copied):
    """If somebody writes the new hash into the manifest as well, the seal itself tells."""
    _change(_part(copied), 5000)
    opened = copied.opened()
    parts = [
        reading.PartFile(one.number, one.name, one.bytes,
                         hashlib.sha256(_part(copied, one.number).read_bytes()).hexdigest())
        for one in opened.parts
    ]  # fmt: skip
    source = PartSource(
        parts, lambda name: iter([(copied.folder / copied.full / name).read_bytes()])
    )
    with pytest.raises(SetClosed):
        reading._through(source, opened.identities, lambda tar: tar.read(10))


def test_a_cut_a_missing_and_a_longer_part_are_named(copied):
    part = _part(copied)
    whole = part.read_bytes()
    part.write_bytes(whole[:-1])
    for check in (
        copied.opened().check_lengths,
        copied.opened().check_parts,
        copied.opened().list_contents,
    ):
        with pytest.raises(PartCut) as refused:
            check()
        assert refused.value.params == {"part": 1}
    part.write_bytes(whole + b"x")
    with pytest.raises(PartCut):
        copied.opened().check_parts()
    part.unlink()
    for check in (
        copied.opened().check_lengths,
        copied.opened().check_parts,
        copied.opened().list_contents,
    ):
        with pytest.raises(PartMissing):
            check()


def test_swapped_parts_are_refused(copied):
    """Each part has its own hash."""
    first, second = _part(copied, 1).read_bytes(), _part(copied, 2).read_bytes()
    _part(copied, 1).write_bytes(second)
    _part(copied, 2).write_bytes(first)
    with pytest.raises((PartCut, PartDamaged)):
        copied.opened().check_parts()


def test_another_key_opens_nothing(made):
    other, _public = age.new_identity()
    with pytest.raises(SetClosed):
        made.opened(identity=other).list_contents()


def test_a_manifest_of_another_signer_or_name_is_refused(copied):
    """An older manifest under a newer name, a changed one, and a folder without one."""
    place = open_place(copied.url)
    with pytest.raises(ManifestForged):
        open_set(place, copied.full, signer=bytes(32))
    newer = copied.full.replace(copied.full[16:24], "20991231")
    shutil.copytree(copied.folder / copied.full, copied.folder / newer)
    with pytest.raises(ManifestOfAnotherSet):
        open_set(place, newer, signer=copied.signer)
    text = (copied.folder / copied.full / "manifest.json").read_bytes()
    (copied.folder / copied.full / "manifest.json").write_bytes(
        text.replace(b'"rows": 1', b'"rows": 2', 1)
    )
    with pytest.raises(ManifestForged):
        copied.opened()
    (copied.folder / copied.full / "manifest.json").unlink()
    with pytest.raises(ObjectMissing):
        copied.opened()


def test_a_set_that_holds_something_else_than_its_manifest_says_is_refused(made):
    """The manifest's list is compared with each file, by a key that lies in the set."""
    opened = made.opened()
    facts = {**opened.manifest, "members": [dict(one) for one in opened.manifest["members"]]}
    facts["members"][3]["mac"] = "0" * 64
    with pytest.raises(ContentsUnlike) as refused:
        reading.OpenedSet(opened.place, opened.name, facts, "", opened.identities).list_contents()
    assert refused.value.params == {"member": 4}


def test_a_fetch_goes_on_where_it_stopped(made, tmp_path):
    """A cut part is continued, a whole one not fetched again, a spoiled one fetched anew."""
    opened = made.opened()
    first = opened.parts[0]
    whole = (made.folder / made.full / first.name).read_bytes()
    folder = tmp_path / "fetched"
    folder.mkdir()
    (folder / f"{first.name}.part").write_bytes(whole[: len(whole) // 2])
    asked = []
    read = opened.place.read

    class Place:
        def read(self, name, offset=0):
            asked.append((name.rpartition("/")[2], offset))
            return read(name, offset)

    watched = reading.OpenedSet(Place(), opened.name, opened.manifest, "", ())
    reading.fetch(watched, folder)
    assert asked[0] == (first.name, len(whole) // 2)
    assert all((folder / part.name).stat().st_mode & 0o777 == 0o600 for part in opened.parts[1:])
    asked.clear()
    reading.fetch(watched, folder)
    assert asked == []
    _change(folder / first.name)
    reading.fetch(watched, folder)
    assert asked == [(first.name, 0)]


def test_nothing_is_left_of_a_stream_that_does_not_end_well(copied, tmp_path):
    """What came out before the fault is gone with it."""
    last = copied.opened().parts[-1].number
    _change(_part(copied, last), -20)
    opened = copied.opened()
    with pytest.raises(PartDamaged):
        reading.unpack(opened, opened.source(), tmp_path / "out")
    assert list(tmp_path.glob("out*")) == []
    assert list(tmp_path.iterdir()) == [copied.folder]


def test_what_is_unpacked_is_its_owners_alone(made, tmp_path):
    opened = made.opened()
    reading.unpack(opened, opened.source(), tmp_path / "out")
    modes = {
        path.stat().st_mode & 0o777 for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    assert modes == {0o600}
    assert not [
        path
        for path in (tmp_path / "out").rglob("*")
        if path.is_dir() and path.stat().st_mode & 0o077
    ]
