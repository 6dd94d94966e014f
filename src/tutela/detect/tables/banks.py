"""Card prefixes and lengths of the main banks in China; card schemes."""

from tutela.detect.tables.sections import words


def _issuers() -> dict[tuple[str, int], str]:
    """(first six digits, length) to a short name of the bank."""
    issuers: dict[tuple[str, int], str] = {}
    for section, heads in words("banks.txt").items():
        bank, _, length = section.partition("-")
        issuers.update(dict.fromkeys(((head, int(length)) for head in heads), bank))
    return issuers


ISSUERS = _issuers()

# Scheme: pattern of the whole number (UnionPay, Visa, Mastercard, JCB, American Express, Diners).
SCHEMES = (
    r"62[0-9]{14,17}|81[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}"
    r"|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)[0-9]{12}"
    r"|35(?:2[89]|[3-8]\d)[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68]\d)[0-9]{11}"
)
