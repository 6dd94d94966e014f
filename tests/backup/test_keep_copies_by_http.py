"""S3-compatible storage and WebDAV: object lock, resumed parts, pinned certificates. The S3 server is moto: it shows
that the calls are right; what it protects is its own affair (docs/decisions/backup-targets.md)."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.backup import target_servers as servers
from tests.backup.target_servers import names_in
from tutela.backup import errors
from tutela.backup.rules import Lock
from tutela.backup.targets import Why, open_place
from tutela.backup.targets.place import part_of
from tutela.base import clock

DATA = os.urandom(33 * 1024 * 1024)


@pytest.fixture(scope="module")
def s3() -> servers.HttpServer:
    with servers.s3_server() as server:
        client = servers.s3_client(server)
        client.create_bucket(Bucket="copies")
        client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        yield server


def locked(server: servers.HttpServer, kind: str, days: int = 35) -> servers.HttpServer:
    url = server.url.replace("copies/sets", f"locked/{kind}") + f"?lock={kind}&days={days}"
    return servers.HttpServer(url, "", server.credential)


class Breaking(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 20_000_000:
            raise OSError(5, "input")
        return super().read(size)


def test_an_upload_in_parts_is_gone_on_with(s3):
    """Parts that are there already, by their MD5, are not sent again; other bytes are."""
    client = servers.s3_client(s3)
    with s3.open() as place:
        with pytest.raises(errors.SourceFault):
            place.put("set/file", Breaking(DATA), len(DATA))
        assert place.size("set/file") is None
        (begun,) = client.list_multipart_uploads(Bucket="copies")["Uploads"]
        parts = client.list_parts(Bucket="copies", Key=begun["Key"], UploadId=begun["UploadId"])[
            "Parts"
        ]
        assert len(parts) == 3
        sent = []
        real = place._send
        place._send = lambda *told: sent.append(told[2]) or real(*told)
        place.put("set/file", io.BytesIO(DATA), len(DATA))
        assert sorted(sent) == [4, 5]
        assert b"".join(place.read("set/file")) == DATA
        with pytest.raises(errors.SourceFault):
            place.put("set/other", Breaking(DATA), len(DATA))
        changed = bytes([DATA[0] ^ 1]) + DATA[1:]
        sent.clear()
        place.put("set/other", io.BytesIO(changed), len(DATA))
        assert sorted(sent) == [1, 4, 5]
        assert b"".join(place.read("set/other")) == changed
        assert "Uploads" not in client.list_multipart_uploads(Bucket="copies")


def test_deleting_ends_an_unfinished_upload(s3):
    with s3.open() as place:
        with pytest.raises(errors.SourceFault):
            place.put("set/begun", Breaking(DATA), len(DATA))
        place.delete("set/begun")
    assert "Uploads" not in servers.s3_client(s3).list_multipart_uploads(Bucket="copies")


@pytest.mark.parametrize("kind", ["compliance", "governance"])
@pytest.mark.parametrize("size", [100, len(DATA)])
def test_new_files_get_the_lock_of_the_address(s3, kind, size):
    """In one call and in parts; deleting tells until when."""
    with locked(s3, kind).open() as place:
        place.put(f"set/{size}", io.BytesIO(DATA[:size]), size)
        until = place.locked_until(f"set/{size}")
        assert abs(until - clock.now() - timedelta(days=35)) < timedelta(minutes=1)
        with pytest.raises(errors.ObjectLocked) as refused:
            place.delete(f"set/{size}")
        assert refused.value.params["until"] == until.date().isoformat()
        assert b"".join(place.read(f"set/{size}")) == DATA[:size]


def test_the_lock_is_checked_by_trying_to_delete_a_probe(s3):
    """A compliance lock holds; a governance lock that these credentials may lift is named so; none is none."""
    with locked(s3, "compliance").open() as place:
        probe = place.probe()
        assert (probe.lock, probe.why) == (Lock.COMPLIANCE, Why.KEPT)
        assert place.names() == ["set/100", f"set/{len(DATA)}"]
    with locked(s3, "governance").open() as place:
        probe = place.probe()
        assert (probe.lock, probe.why) == (Lock.GOVERNANCE, Why.LIFTED)
    with s3.open() as place:
        assert (place.probe().lock, place.probe().why) == (Lock.NONE, Why.DELETED)


def test_what_is_written_over_or_hidden_is_still_the_first(s3):
    """The oldest version of a name is the file: a delete marker and a newer version change nothing."""
    client = servers.s3_client(s3)
    with locked(s3, "compliance").open() as place:
        place.put("set/first", io.BytesIO(b"first"), 5)
        client.put_object(Bucket="locked", Key="compliance/set/first", Body=b"forged")
        client.delete_object(Bucket="locked", Key="compliance/set/first")
        assert place.size("set/first") == 5
        assert b"".join(place.read("set/first")) == b"first"
        assert "set/first" in place.names()
        with pytest.raises(errors.NameTaken):
            place.put("set/first", io.BytesIO(b"again"), 5)


def test_a_bucket_that_is_not_there_is_gone(s3):
    gone = servers.HttpServer(s3.url.replace("copies", "nowhere"), "", s3.credential)
    with gone.open() as place:
        for act in (lambda: place.put("a", io.BytesIO(b""), 0), place.names, place.probe):
            with pytest.raises(errors.TargetGone):
                act()


def test_a_service_that_does_not_answer_is_gone():
    with (
        open_place(f"s3+http://127.0.0.1:{servers.free_port()}/copies", "", "A:S") as place,
        pytest.raises(errors.TargetGone),
    ):
        place.names()


@pytest.fixture(scope="module")
def webdav(tmp_path_factory: pytest.TempPathFactory) -> servers.HttpServer:
    with servers.webdav_server(tmp_path_factory.mktemp("dav")) as server:
        yield server


def test_another_certificate_than_the_pinned_is_refused(webdav, tmp_path):
    """Before the credentials are sent; and so is a private one without a pinned authority."""
    other, _key = servers.make_certificate(tmp_path, "other")
    for identity in (other.read_text(), ""):
        with (
            open_place(webdav.url, identity, webdav.credential) as place,
            pytest.raises(errors.CertificateUnknown),
        ):
            place.names()
    with pytest.raises(errors.IdentityWrong):
        open_place(
            webdav.url, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "a:b"
        )


def test_storage_by_tls_is_pinned_too(webdav, tmp_path):
    """The same server, asked as S3: with the pinned certificate it is reached, and answers as no S3 does."""
    other, _key = servers.make_certificate(tmp_path, "other")
    url = webdav.url.replace("webdav://", "s3://")
    with (
        open_place(url, other.read_text(), "A:S") as place,
        pytest.raises(errors.CertificateUnknown),
    ):
        place.names()
    with (
        open_place(url, webdav.identity, "A:S") as place,
        pytest.raises(errors.TargetFault) as refused,
    ):
        place.names()
    assert not isinstance(refused.value, errors.CertificateUnknown)


def test_wrong_credentials_are_told_apart(webdav):
    with webdav.open(credential="keeper:wrong") as place, pytest.raises(errors.SignInRefused):
        place.put("a", io.BytesIO(b"x"), 1)


def test_a_part_lies_in_its_folder_and_is_sent_again(webdav):
    """WebDAV cannot go on with a part: it is written anew, and renamed once."""
    with webdav.open() as place:
        with pytest.raises(errors.SourceFault):
            place.put("set/file", Breaking(DATA), len(DATA))
        assert names_in(webdav.store / "set") in ([], [Path(part_of("set/file")).name])
        place.put("set/file", io.BytesIO(DATA), len(DATA))
        assert names_in(webdav.store / "set") == ["file"]
        assert (webdav.store / "set" / "file").read_bytes() == DATA


def test_a_folder_that_is_not_there_is_gone_too(webdav):
    with open_place(f"{webdav.url}/nowhere", webdav.identity, webdav.credential) as place:
        for act in (lambda: place.put("a", io.BytesIO(b""), 0), place.probe, place.free):
            with pytest.raises(errors.TargetGone):
                act()


def test_a_copy_that_was_cut_tells_its_length(webdav):
    with webdav.open() as place:
        place.put("cut", io.BytesIO(b"whole"), 5)
        os.truncate(webdav.store / "cut", 3)
        assert place.size("cut") == 3
