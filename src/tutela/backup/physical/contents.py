"""Whether what came out of a sealed physical set is what its manifest says: level 2 of these sets."""

import hashlib
import tarfile
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from tutela.backup.rules import Kind

from . import pgbackrest, positions, taking
from .ground import ground
from .scan import Scan, ScanWrong

BLOCK: Final = 1 << 20
OTHER: Final = "pgbackrest"
"""The engine of sets whose files pgBackRest keeps."""


def check(manifest: Mapping[str, Any], tar: IO[bytes]) -> int:
    """Read a set's tar to its end; how many files it holds. `taking.SetWrong` for the first that is not alike.

    Of a base backup or an incremental every file is compared with PostgreSQL's own list, and that list with the
    fingerprint in our manifest; of the log, its names and lengths."""
    told = manifest["physical"]
    if manifest["kind"] == Kind.LOG:
        return _check_log(told, tar)
    scan = Scan(hashing=True)
    listing = taking.check(_blocks(tar), scan)
    if hashlib.sha256(scan.kept["backup_manifest"]).hexdigest() != told["listing"]:
        raise taking.SetWrong("the list of files is that of another set")
    if (str(listing.system), positions.text(listing.end)) != (told["system"], told["end"]):
        raise taking.SetWrong("the list of files is that of another set")
    return len(listing.files)


def check_repository(told: Mapping[str, Any]) -> None:
    """Let pgBackRest read again the backup that a manifest names. `taking.SetWrong`; `taking.ProgramFailed` is no
    verdict."""
    stanza = ground().stanza
    if stanza is None or stanza.name != told["stanza"]:
        raise taking.ProgramFailed(
            pgbackrest.PROGRAM, "the stanza of this set is not configured here"
        )
    try:
        pgbackrest.verify(stanza, told["label"])
    except pgbackrest.StanzaBroken as fault:
        raise taking.SetWrong(str(fault)) from fault


def _check_log(told: Mapping[str, Any], tar: IO[bytes]) -> int:
    wanted = [*told["histories"], *told["files"]]
    found = []
    try:
        with tarfile.open(fileobj=tar, mode="r|", bufsize=BLOCK) as archive:
            for entry in archive:
                if positions.NAME.fullmatch(entry.name) and entry.size != told["segment"]:
                    raise taking.SetWrong("a file of the log has another length")
                found.append(entry.name)
    except (tarfile.TarError, ScanWrong) as fault:
        raise taking.SetWrong("the archive ends in the middle") from fault
    if found != wanted:
        raise taking.SetWrong("other files of the log than the manifest says")
    return len(found)


def _blocks(tar: IO[bytes]) -> Iterator[bytes]:
    while block := tar.read(BLOCK):
        yield block
