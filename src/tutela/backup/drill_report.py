"""The signed report of a drill: what is signed, and the file that is handed out.

The signature is Ed25519 over the report as canonical JSON (sorted names, no blanks, UTF-8), by the key that signs
manifests. The file holds the report, the signature and the public key, both in hex; the key stands on the printed
card, which is where it is to be compared with.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from . import signing
from .models import Drill

FORMAT: Final = "tutela-drill-report/1"


def canonical(report: Mapping[str, Any]) -> bytes:
    """What is signed."""
    text = json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def as_file(drill: Drill) -> bytes:
    """The report with its signature, as it is handed out."""
    signature = bytes(drill.report_signature or b"")
    whole = {
        "format": FORMAT,
        "report": drill.report,
        "signature": signature.hex(),
        "public_key": signing.public_key().hex(),
    }
    text = json.dumps(whole, sort_keys=True, indent=1, ensure_ascii=False)
    return f"{text}\n".encode()
