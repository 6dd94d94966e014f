"""Looks that another system reports: its feed's records, signed with the feed's key."""

from typing import Final

from tutela.feeds import permissions as feed_permissions
from tutela.feeds.actions.reports import BODY_BYTES, BODY_RECORDS, report_looks
from tutela.feeds.signing import Call as SignedCall

from . import answers, errors
from .call import Call
from .frame import verb

_PARAMETERS: Final = [
    {
        "name": name,
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "description": about,
    }
    for name, about in (
        ("Content-Digest", "sha-256 of the body (RFC 9530)."),
        (
            "Signature-Input",
            "RFC 9421: at least @method, @path, content-digest; with created and keyid, the id of the key.",
        ),
        ("Signature", "RFC 9421: ed25519 or hmac-sha256, as the key is."),
    )
]
_SENT: Final = {
    "requestBody": {
        "required": True,
        "description": "The feed's records in its own format, at most "
        f"{BODY_BYTES} bytes and {BODY_RECORDS} records.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
    "parameters": _PARAMETERS,
}


@verb("POST", "/feeds/{slug:name}/looks", feed_permissions.LOOKS_REPORT, answers.DeliveryOut, _SENT)
def send_looks(request: Call, name: str) -> answers.DeliveryOut:
    """Report accesses in another system. All records are taken in, or none.

    What came before is recognised, so a request may be repeated. The answer tells nothing of customers or people.
    """
    delivery = report_looks(request.actor, name, _signed(request))
    return {
        "delivery_id": delivery.id,
        "records": delivery.lines,
        "taken": delivery.looks,
        "doubled": delivery.doubled,
        "others": delivery.others,
        "restarts": delivery.restarts,
    }


def _signed(request: Call) -> SignedCall:
    """The request as it was signed; LengthMissing, BodyTooLarge, BodyCutOff."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        raise errors.LengthMissing
    if int(length) > BODY_BYTES:
        raise errors.BodyTooLarge(limit=BODY_BYTES)
    body = request.read(int(length)) if int(length) else b""
    if len(body) != int(length):
        raise errors.BodyCutOff(received=len(body), announced=int(length))
    return SignedCall(
        method=request.method or "",
        path=request.path,
        authority=request.get_host().lower(),
        headers={name.lower(): text for name, text in request.headers.items()},
        body=body,
    )
