"""Errors of the crypto room. No message contains a value, a key or a part of one."""


class DecryptFailed(Exception):
    """The only error for a failed decryption, whatever the cause."""

    code = "decrypt-failed"

    def __init__(self) -> None:
        super().__init__("decrypt-failed")


class ClassClosed(Exception):
    """The keys were handed out for other data classes."""

    code = "class-closed"

    def __init__(self) -> None:
        super().__init__("class-closed")


class SignatureInvalid(Exception):
    """A signature or a proof is not valid for what it should cover."""

    code = "signature-invalid"

    def __init__(self) -> None:
        super().__init__("signature-invalid")


class SuiteUnavailable(Exception):
    """The self-test of a suite failed on this machine, so it must not be used."""

    code = "suite-unavailable"

    def __init__(self, suite: int) -> None:
        self.suite = suite
        super().__init__(f"suite-unavailable {suite:02d}")


class BadValue(Exception):
    """A value, id or key cannot be encoded or normalised; contains only a code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
