"""Ed25519 signatures, bytes in and bytes out: keys of 32 bytes, signatures of 64.

private = generate()
signature = sign(private, message)
verify(public_of(private), message, signature)   # SignatureInvalid if it is not right
"""

from .raw.ed25519 import generate, public_of, sign, verify

__all__ = ["generate", "public_of", "sign", "verify"]
