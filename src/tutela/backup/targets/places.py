"""Open the place that an address names."""

from pathlib import Path

from .address import read_address
from .credentials import read_credential
from .errors import IdentityWrong
from .local import FORM as MARKER_FORM
from .local import LocalPlace, is_marker
from .place import Place


def open_place(
    url: str, identity: str = "", credential: str = "", *, beside: Path | None = None
) -> Place:
    """The place at an address; nothing is connected yet.

    `identity`: of SFTP the pinned host keys, a line each; of S3 and WebDAV the pinned certificates in PEM, or
    blank for public authorities; of a folder the text of its marker, or blank. `credential`: by kind as
    `credentials.FORMS` says. `beside` is the data directory, which a probe of a folder compares.
    SchemeUnknown, AddressWrong, AddressPlain, IdentityWrong, CredentialWrong.
    """
    address = read_address(url)
    known = read_credential(address.kind, credential)
    # Each library is loaded only where it is used.
    if address.kind == "sftp":
        from .sftp import SftpPlace

        return SftpPlace(address, identity, known)
    if address.kind == "s3":
        from .s3 import S3Place

        return S3Place(address, identity, known)
    if address.kind == "webdav":
        from .webdav import WebdavPlace

        return WebdavPlace(address, identity, known)
    if identity and not is_marker(identity):
        raise IdentityWrong(form=MARKER_FORM)
    return LocalPlace(Path(address.folder), identity, beside)
