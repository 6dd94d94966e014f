"""ML-DSA-44 (FIPS 204), empty context: private keys are seeds of 32 bytes, public keys 1312, signatures 2420."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from tutela.crypto.errors import BadValue, SignatureInvalid


def _private(seed: bytes) -> MLDSA44PrivateKey:
    try:
        return MLDSA44PrivateKey.from_seed_bytes(seed)
    except ValueError:
        raise BadValue("key-size") from None
    except UnsupportedAlgorithm:
        raise BadValue("algorithm-unavailable") from None


def generate() -> bytes:
    """A new private key. BadValue where the library was built without the algorithm."""
    try:
        return MLDSA44PrivateKey.generate().private_bytes_raw()
    except UnsupportedAlgorithm:
        raise BadValue("algorithm-unavailable") from None


def public_of(seed: bytes) -> bytes:
    """The public key of a private one."""
    return _private(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The signature of a message, another one each time."""
    return _private(seed).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """SignatureInvalid unless the signature is valid; BadValue without the algorithm."""
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SignatureInvalid from None
    except UnsupportedAlgorithm:
        raise BadValue("algorithm-unavailable") from None
