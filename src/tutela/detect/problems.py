"""What can be wrong with a value: stable codes and their sentences. Never the value."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES: dict[str, str] = {
    "id_form": "This is not the form of an identity number.",
    "id_province": "The first two digits of the identity number are not a province.",
    "id_date": "The date inside the identity number does not exist or lies in the future.",
    "id_check_digit": "The check digit of the identity number is wrong.",
    "number_lossy": "A spreadsheet has cut off digits of this number.",
    "passport_form": "This is not the form of a passport number.",
    "permit_form": "This is not the form of a travel permit number.",
    "phone_form": "This is not the form of a telephone number.",
    "card_length": "A bank card number has 13 to 19 digits.",
    "card_check": "The check digit of the bank card is wrong and its bank is not known.",
    "account_form": "This is not the form of an account number.",
    "email_form": "This is not the form of an e-mail address.",
    "date_form": "This is not a date that can be read.",
    "date_ambiguous": "Day and month of this date cannot be told apart.",
    "date_range": "This date lies outside the range that is allowed.",
    "uscc_form": "This is not the form of a unified social credit code.",
    "uscc_check": "The check character of the unified social credit code is wrong.",
    "plate_form": "This is not the form of a licence plate.",
    "vin_form": "This is not the form of a vehicle identification number.",
    "name_form": "This is not the form of a name.",
    "address_form": "An address needs words, not only digits.",
    "amount_form": "This is not an amount.",
    "postcode_form": "A postal code has six digits.",
    "age_range": "This is not an age between 0 and 149.",
    "gender_form": "This is not one of the values for gender.",
    "number_form": "This is not the form of a number of this kind.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one value, by stable code."""

    code: str

    @property
    def sentence(self) -> str:
        """English source sentence; the doors translate it."""
        return SENTENCES[self.code]


PROBLEMS: dict[str, Problem] = {code: Problem(code) for code in SENTENCES}
