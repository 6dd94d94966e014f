#!/usr/bin/env bash
# gmssl 3.2.2 (pure Python, the most used SM2 package): a public key in its usual form, 04 and two coordinates, is
# spoiled where the first coordinate begins with the digit 0 or 4: all of these leading digits are taken off with
# the mark. Two keys of sixteen: verifying a true signature raises "Odd-length string" or a TypeError, while the
# other keys work, so that a test with one key shows nothing. A bare key (128 digits) that happens to begin with 04 is spoiled
# as well, one of 256. GmSSL's own C library (gmssl-pyx 2.1.0) verifies the same signatures.
# Guess before: only the mark is taken off.
# For: SM2 chains and partner exchanges (transport). Do not use it; where a partner does, "signature wrong" may be
# their reader's fault.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'gmssl==3.2.2' 'gmssl-pyx==2.1.0' >/dev/null 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from collections import Counter
from importlib.metadata import version

import gmssl_pyx
from gmssl import sm2
from gmssl.sm2 import default_ecc_table

message = b"policy 2026"
curve = sm2.CryptSM2(private_key="", public_key="")
outcomes = Counter()
for secret in range(1, 81):
    private = secret.to_bytes(32, "big")
    point = curve._kg(secret, default_ecc_table["g"])
    signature = gmssl_pyx.sm2_sign(private, bytes.fromhex(point), message)
    assert gmssl_pyx.sm2_verify(bytes.fromhex(point), message, signature)
    reader = sm2.CryptSM2(private_key="", public_key="04" + point, asn1=True)
    try:
        outcome = "verified" if reader.verify_with_sm3(signature.hex(), message) else "not verified"
    except (ValueError, TypeError) as error:
        outcome = f"{type(error).__name__}: {error}"
    outcomes["0 or 4" if point[0] in "04" else "another digit", outcome] += 1
for (start, outcome), count in sorted(outcomes.items()):
    print(f"gmssl {version('gmssl')}: {count} keys that begin with {start}: {outcome}")
same = all((start == "another digit") == (outcome == "verified") for start, outcome in outcomes)
sys.exit(0 if same and len({start for start, _ in outcomes}) == 2 else "changed")
PYTHON
