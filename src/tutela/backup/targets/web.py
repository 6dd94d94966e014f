"""What the targets by HTTPS share: the pinned certificate authority."""

import ssl
import tempfile
from typing import IO, Final

from .errors import IdentityWrong

FORM: Final = "blank for a certificate of a public authority, or the certificates in PEM that must have signed it"
_MARK: Final = "-----BEGIN CERTIFICATE-----"


def read_authorities(identity: str) -> str:
    """The pinned certificates as PEM; "" for the system's authorities. IdentityWrong."""
    text = identity.strip()
    if not text:
        return ""
    if not text.startswith(_MARK):
        raise IdentityWrong(form=FORM)
    try:
        ssl.create_default_context(cadata=text)
    except (ssl.SSLError, ValueError):
        raise IdentityWrong(form=FORM) from None
    return text + "\n"


def as_file(authorities: str) -> IO[str]:
    """A file of the certificates, for a library that takes no text; it is gone once it is closed."""
    file = tempfile.NamedTemporaryFile("w", suffix=".pem", encoding="ascii")  # noqa: SIM115 held by its place
    file.write(authorities)
    file.flush()
    return file


def is_of_certificate(error: BaseException | None) -> bool:
    """Whether a certificate was refused, however deep the library hides it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        seen.add(id(error))
        inner = getattr(error, "reason", None) or getattr(error, "kwargs", {}).get("error")
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__
    return False
