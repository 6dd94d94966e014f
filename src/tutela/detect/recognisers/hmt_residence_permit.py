"""Residence permit for people of Hong Kong, Macau and Taiwan: 18 characters."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.typed_text import numbers_of_18
from tutela.detect.recogniser import Recogniser, TextSearch
from tutela.detect.recognisers import hmt_travel_permit
from tutela.detect.recognisers.hmt_travel_permit import RESIDENCE_HEADS as HEADS
from tutela.detect.recognisers.resident_id18 import MASK, dated_number_problem


def score(text: str) -> float:
    """1 with one of the three prefixes, a valid date and check digit."""
    if not text.startswith(HEADS):
        return 0.0
    return 0.0 if dated_number_problem(text.upper(), "") else 1.0


def is_found(number: str, _text: str, _start: int) -> bool:
    return number.startswith(HEADS) and dated_number_problem(number, "") is None


RECOGNISER = Recogniser(
    id="hmt_residence_permit",
    name="Hong Kong, Macau and Taiwan residence permit",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=11,
    names_field=True,
    covers=("foreign_resident_id", "hmt_travel_permit", "resident_id18"),
    headers="""
        港澳台居住证, 港澳台居民居住证, 港澳居民居住证, 台湾居民居住证, 居住证号,
        residence permit
    """,
    must_match=("810000199001010019", "830000198512310020"),
    must_not_match=("810000199013010017", "110105194912310021", "840000199001010017"),
    form=hmt_travel_permit.RECOGNISER.form,
    mask=MASK,
    in_text=TextSearch(
        noun="a residence permit's number",
        order=30,
        find=numbers_of_18(is_found),
        examples=("810000199001010019", "居住证830000 19851231 0020"),
        counter_examples=("810000199013010017",),
    ),
    cleaned={"810000 19900101 0019": "810000199001010019"},
    refused={"840000199001010017": "permit_form", "810000199013010017": "id_date"},
    masked={"810000199001010019": "810***********0019"},
)
