"""Credentials of targets: one text a target, sealed by `keys`; never in an address, sentence, log or page."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Final

from .errors import CredentialWrong

FORMS: Final = {
    "sftp": "a private key in OpenSSH's format without a passphrase, or a password",
    "s3": "ACCESS KEY:SECRET KEY",
    "webdav": "USER:PASSWORD, or Bearer and a token",
}
"""By kind of target, how its credentials are written."""
_LENGTH: Final = 20_000
_BEARER: Final = "Bearer "


@dataclass(frozen=True, slots=True)
class Credential:
    """What one target asks for; the rest is blank. Nothing of it is printed."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def header(self) -> str:
        """The Authorization header of HTTP."""
        if self.token:
            return _BEARER + self.token
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


def read_credential(kind: str, text: str) -> Credential:
    """The credentials of a kind of target; a folder has none, whatever is given. CredentialWrong."""
    text = text.strip()
    if kind == "file":
        return Credential()
    if not text or len(text) > _LENGTH or "\x00" in text:
        raise CredentialWrong(form=FORMS[kind])
    if kind == "sftp":
        return _of_sftp(text)
    if kind == "webdav" and text.startswith(_BEARER):
        return Credential(token=text.removeprefix(_BEARER).strip())
    user, colon, password = text.partition(":")
    if not (user and colon and password) or "\n" in text:
        raise CredentialWrong(form=FORMS[kind])
    return Credential(user=user, password=password)


def _of_sftp(text: str) -> Credential:
    if not text.startswith("-----BEGIN"):
        if "\n" in text:
            raise CredentialWrong(form=FORMS["sftp"])
        return Credential(password=text)
    import asyncssh

    try:
        asyncssh.import_private_key(text)
    except (asyncssh.KeyImportError, ValueError):
        raise CredentialWrong(form=FORMS["sftp"]) from None
    return Credential(key=text if text.endswith("\n") else text + "\n")
