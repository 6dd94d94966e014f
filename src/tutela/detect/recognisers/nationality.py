"""Nationality, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="nationality",
    name="Nationality",
    data_class=DataClass.PROFILE,
    rank=100,
    needs_header=True,
    headers="""
        国籍, 国家, 国家地区, guoji, gj, nationality, country, country code, citizenship, natnlty,
        country of citizenship
    """,
)
