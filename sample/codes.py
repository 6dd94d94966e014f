"""`make code`: the codes that the authenticator apps of the demo's people would show now.

The keys lie in the demo's own file of sign-ins, beside the passwords; the product itself never gives
a key or a code away.
"""

import hashlib
import hmac
import json
import struct
import sys
import time
from base64 import b32decode
from pathlib import Path

SECONDS = 30
DIGITS = 6


def code(seed: str, at: float) -> str:
    """The one-time code of a key at a moment, as RFC 6238 makes it."""
    digest = hmac.digest(b32decode(seed), struct.pack(">Q", int(at) // SECONDS), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def lines(sign_ins: Path, at: float) -> list[str]:
    """Whoever signs in with a code: the login, the code of this moment, the key for an authenticator app."""
    people = json.loads(sign_ins.read_text(encoding="utf-8"))
    left = SECONDS - int(at) % SECONDS
    return [
        f"验证码 {left} 秒后更换，每个只能用一次；右列密钥可录入手机验证器应用",
        f"The codes change in {left} seconds and each works once; the keys are for an authenticator app.",
        "",
        *(
            f"  {person['login']:<16} {code(person['seed'], at)}   {person['seed']}"
            for person in people
            if person.get("seed")
        ),
    ]


if __name__ == "__main__":
    file = Path(sys.argv[1]) / "sign-ins.json"
    if not file.exists():
        sys.exit("tutela: there is no demo yet; run `make demo` first")
    print("\n".join(lines(file, time.time())))
