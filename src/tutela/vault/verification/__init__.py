"""Compare what the leaves of the trail anchor with what lies in the vault. Reads only; `actions/verify.py`
drives it, keeps where it is, and writes what came of it."""
