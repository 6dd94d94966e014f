"""The last reasons that a person gave in this session, offered again.

They may name a customer: so they lie in the session sealed, and end with it.
"""

import json
from typing import Final

from django.http import HttpRequest

from tutela.access import small_secrets
from tutela.crypto.errors import DecryptFailed

MOST: Final = 5
_KEY: Final = "vault.reasons"


def reasons(request: HttpRequest) -> list[str]:
    """The newest first; none when the secret of the session has changed."""
    sealed = request.session.get(_KEY)
    if not sealed:
        return []
    try:
        return [str(reason) for reason in json.loads(small_secrets.unseal(_KEY, sealed))]
    except (DecryptFailed, ValueError):
        return []


def remember(request: HttpRequest, reason: str) -> None:
    """Put a reason first; it is kept once."""
    reason = reason.strip()
    known = reasons(request)
    if not reason or known[:1] == [reason]:
        return
    kept = [reason, *(other for other in known if other != reason)][:MOST]
    request.session[_KEY] = small_secrets.seal(_KEY, json.dumps(kept))
