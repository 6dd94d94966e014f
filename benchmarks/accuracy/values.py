"""Invented values of every kind that has a check: right ones with the text they become, and wrong ones.

Nothing here uses Tutela's checks: check digits come from python-stdnum or are computed here from their standard,
days from the calendar, telephones from libphonenumber. A wrong value is made from a right one by what happens to
values (a sign mistyped, two exchanged, one lost or doubled, a spreadsheet's zeros, a word in its place) and counts
as wrong only if the rule of its kind says so.
"""

from random import Random

from . import telephones
from .documents import (
    document,
    foreign,
    hong_kong_pair,
    is_foreign,
    is_hong_kong,
    is_passport,
    is_resident,
    is_resident_15,
    is_travel,
    is_wrong_document,
    old_resident,
    passport,
    residence,
    resident,
    travel,
)
from .made import Kind, coded, dressed, mistyped, one_of, pairs
from .plain import (
    address,
    ages,
    amount,
    business_day,
    is_made_wrong,
    is_mail,
    is_wrong_telephone,
    mail,
    mobile,
    name,
    postcodes,
    reference,
    spoilt_amount,
    spoilt_day,
    spoilt_mail,
    spoilt_name,
    spoilt_reference,
    telephone,
    written_day,
)
from .things import (
    account,
    is_card,
    is_organisation,
    is_plate,
    is_wrong_account,
    is_wrong_vin,
    organisation,
    plate,
    spaced_card,
    vin,
)

_GB_11643 = "GB 11643, check by python-stdnum's ISO 7064 MOD 11-2"

_MAINLAND_FORMS = "forms published with each document; residence permits GB 11643"

KINDS = (
    Kind(
        "resident_id18",
        coded(resident),
        lambda t: not is_resident(t),
        "wrong length, province, day or check character",
        _GB_11643,
        True,
    ),
    Kind(
        "resident_id15",
        coded(old_resident),
        lambda t: not (is_resident_15(t) or is_resident(t)),
        "wrong length, province or day",
        "GB 11643-1989",
    ),
    Kind(
        "hmt_residence_permit",
        coded(residence),
        lambda t: not is_travel(t),
        "wrong head, day or check character",
        _GB_11643,
        True,
    ),
    Kind(
        "foreign_resident_id",
        coded(foreign),
        lambda t: not is_foreign(t),
        "wrong form, day or check character",
        _GB_11643,
        True,
    ),
    Kind(
        "hmt_travel_permit",
        travel,
        lambda t: not is_travel(t),
        "no form of a permit",
        _MAINLAND_FORMS,
    ),
    Kind(
        "hong_kong_id",
        hong_kong_pair,
        lambda t: not is_hong_kong(t),
        "wrong form or check digit",
        "Immigration Department's form, modulo 11",
        True,
    ),
    Kind(
        "passport",
        passport,
        lambda t: not is_passport(t),
        "a machine-readable line with a wrong check digit, or no form",
        "ICAO Doc 9303",
        False,
    ),
    Kind(
        "id_document",
        document,
        is_wrong_document,
        "wrong for every document it may be",
        "the rules of each",
        False,
    ),
    Kind(
        "uscc",
        organisation,
        lambda t: not is_organisation(t),
        "wrong form or check character",
        "GB 32100, GB 11714, GS 15, by python-stdnum",
        True,
    ),
    Kind(
        "bank_card",
        spaced_card,
        lambda t: not is_card(t),
        "wrong length or check digit",
        "ISO/IEC 7812-1 (Luhn), by python-stdnum",
        True,
    ),
    Kind(
        "bank_account",
        account,
        is_wrong_account,
        "a known card or an IBAN with a wrong check digit, or no number",
        "Luhn, ISO 13616, by python-stdnum",
        True,
    ),
    Kind(
        "vin",
        vin,
        is_wrong_vin,
        "wrong length, sign, or check digit where it is mandatory",
        "GB 16735, 49 CFR 565",
        True,
    ),
    Kind("plate", plate, lambda t: not is_plate(t), "no form of a plate", "GA 36"),
    Kind(
        "email",
        mail,
        lambda t: not is_mail(t),
        "no address",
        "RFC 5321, 5891, 6531",
        False,
        spoilt_mail,
    ),
    Kind(
        "phone",
        lambda r: telephone(r, telephones.REGIONS),
        is_wrong_telephone,
        "libphonenumber: not valid",
        "phonenumbers",
        False,
        telephones.spoilt,
    ),
    Kind(
        "mobile",
        mobile,
        telephones.is_wrong_mobile,
        "libphonenumber: not a mobile number",
        "phonenumbers",
        False,
        telephones.spoilt,
    ),
    Kind(
        "landline",
        lambda r: telephone(r, ("CN",)),
        is_wrong_telephone,
        "libphonenumber: not valid",
        "phonenumbers",
        False,
        telephones.spoilt,
    ),
    Kind(
        "date",
        business_day,
        is_made_wrong,
        "no day of the calendar from 1900 on",
        "Gregorian calendar",
        False,
        spoilt_day,
    ),
    Kind(
        "birth_date",
        lambda r: written_day(r, 1930, 2025),
        is_made_wrong,
        "no day from 1900 to today",
        "Gregorian calendar",
        False,
        spoilt_day,
    ),
    Kind(
        "person_name",
        name,
        is_made_wrong,
        "no letter, or three digits",
        "own rule",
        False,
        spoilt_name,
    ),
    Kind(
        "amount",
        amount,
        is_made_wrong,
        "no number, or one with lost digits",
        "own rule",
        False,
        spoilt_amount,
    ),
    Kind(
        "policy_number",
        reference,
        is_made_wrong,
        "no digit, other signs, or lost digits",
        "own rule",
        False,
        spoilt_reference,
    ),
    Kind(
        "claim_number",
        reference,
        is_made_wrong,
        "no digit, other signs, or lost digits",
        "own rule",
        False,
        spoilt_reference,
    ),
    Kind(
        "address",
        address,
        is_made_wrong,
        "digits and signs only",
        "own rule",
        False,
        one_of("12345", "100020", "-----", "13800138000", "(001)", "#3-5", "88"),
    ),
    Kind(
        "age",
        ages,
        is_made_wrong,
        "not 0 to 149",
        "own rule",
        False,
        one_of("150", "-1", "3.5", "200岁", "abc", "三十", "999", "1985"),
    ),
    Kind(
        "gender",
        pairs(
            "男=男 女=女 M=男 F=女 1=男 2=女 male=男 Female=女 未知=未知 0=未知 9=未知 先生=男 女士=女"
        ),
        is_made_wrong,
        "not in GB/T 2261.1 or its words",
        "GB/T 2261.1",
        False,
        one_of("x", "3", "人", "8", "是", "Y", "man?", "13800138000"),
    ),
    Kind(
        "postcode",
        postcodes,
        is_made_wrong,
        "not six digits",
        "own rule",
        False,
        one_of("1234", "12", "100020A", "1000200", "北京", "１００", "000", "10-02"),
    ),
)


def invalid(random: Random, kind: Kind) -> str:
    """A wrong value, by the rule of its kind, dressed as right ones are."""
    while True:
        written, stored = kind.valid(random)
        if kind.spoil:
            text = kind.spoil(random, written)
            if text.strip() and kind.is_wrong(text):
                return text
            continue
        plain = written.isascii() and written == written.upper() and not set(written) & set(" '=\"")
        text = mistyped(random, random.choice((written, stored)) if plain else stored)
        if text and kind.is_wrong(text.upper()):
            return dressed(random, text)
