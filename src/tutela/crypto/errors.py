"""What can go wrong here. No message ever holds a value, a key or part of one."""


class DecryptFailed(Exception):
    """The one error for every failed open; the cause is never told apart."""

    code = "decrypt-failed"

    def __init__(self) -> None:
        super().__init__("decrypt-failed")


class SignatureInvalid(Exception):
    """A signature, or a proof, does not match what it is said to cover."""

    code = "signature-invalid"

    def __init__(self) -> None:
        super().__init__("signature-invalid")


class SuiteUnavailable(Exception):
    """A suite's self-test failed on this machine, so it must not be used."""

    code = "suite-unavailable"

    def __init__(self, suite: int) -> None:
        self.suite = suite
        super().__init__(f"suite-unavailable {suite:02d}")


class BadValue(Exception):
    """A value, id or key cannot be encoded or normalised; carries only a code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
