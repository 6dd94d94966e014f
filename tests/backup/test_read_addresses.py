"""Addresses, identities and credentials: what is taken, what is refused, and that nothing secret is ever shown."""

import pytest

from tutela.backup import errors
from tutela.backup.rules import Lock
from tutela.backup.targets import open_place
from tutela.backup.targets.address import read_address
from tutela.backup.targets.credentials import read_credential


def test_addresses_say_where_without_a_secret():
    known = {
        "/mnt/disk": "file:///mnt/disk",
        "file:///mnt/disk/": "file:///mnt/disk",
        "sftp://keeper@backup.example:2222/sets": "sftp://keeper@backup.example:2222/sets",
        "s3://s3.example/copies/sets?region=cn-east-1&style=virtual": "s3://s3.example/copies/sets",
        "webdav://dav.example/copies": "webdav://dav.example/copies",
        "webdav+http://127.0.0.1:8080/copies": "webdav://127.0.0.1:8080/copies",
    }
    assert {url: read_address(url).label for url in known} == known


def test_an_address_may_ask_for_a_lock():
    lock = read_address("s3://s3.example/copies?lock=compliance&days=35").retention
    assert (lock.kind, lock.days) == (Lock.COMPLIANCE, 35)
    assert read_address("s3://s3.example/copies").retention is None


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://a/b", errors.SchemeUnknown),
        ("", errors.SchemeUnknown),
        ("sftp+http://a@b/c", errors.SchemeUnknown),
        ("file://host/folder", errors.AddressWrong),
        ("file:///", errors.AddressWrong),
        ("file:///a/../b", errors.AddressWrong),
        ("sftp://host/folder", errors.AddressWrong),
        ("sftp://user:s3cret@host/folder", errors.AddressWrong),
        ("sftp://user@host", errors.AddressWrong),
        ("sftp://user@host:port/folder", errors.AddressWrong),
        ("sftp://user@host/a?b=c", errors.AddressWrong),
        ("sftp://user@host/a#b", errors.AddressWrong),
        ("sftp://user@host/a\nb", errors.AddressWrong),
        ("s3://host", errors.AddressWrong),
        ("s3://host/bucket?lock=compliance", errors.AddressWrong),
        ("s3://host/bucket?lock=forever&days=9", errors.AddressWrong),
        ("s3://host/bucket?lock=compliance&days=0", errors.AddressWrong),
        ("s3://host/bucket?lock=compliance&days=²", errors.AddressWrong),
        ("s3://host/bucket?token=x", errors.AddressWrong),
        ("webdav://[::1/copies", errors.AddressWrong),
        ("webdav://" + "a" * 600, errors.AddressWrong),
        ("webdav+http://dav.example/copies", errors.AddressPlain),
        ("s3+http://10.0.0.1/copies", errors.AddressPlain),
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url, error):
    with pytest.raises(error) as refused:
        read_address(url)
    assert "s3cret" not in refused.value.text()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sftp", ""), ("sftp", "two\nlines"), ("sftp", "-----BEGIN " + "KEY-----\nx\n"),
        ("s3", "onlyone"), ("s3", ":secret"), ("s3", "key:"), ("webdav", "user"), ("webdav", "a:b\nc"),
    ],
)  # fmt: skip
def test_credentials_of_another_form_are_refused(kind, text):
    with pytest.raises(errors.CredentialWrong) as refused:
        read_credential(kind, text)
    assert "secret" not in str(refused.value)


def test_credentials_are_never_printed():
    for kind, text in (("sftp", "pass-word"), ("s3", "KEY:pass-word"), ("webdav", "u:pass-word")):
        assert "pass-word" not in repr(read_credential(kind, text))
    assert read_credential("webdav", "Bearer pass-word").header == "Bearer pass-word"


@pytest.mark.parametrize("identity", ["", "no key", "ssh-ed25519 AAAA", "SHA256:abc"])
def test_sftp_needs_a_pinned_key(identity):
    with pytest.raises(errors.IdentityWrong):
        open_place("sftp://keeper@host/sets", identity, "word")
