"""The catalogue holds together, and fits detect and crypto."""

from dataclasses import replace

import pytest

from sample import papers, people
from tutela.detect.classes import DataClass
from tutela.detect.primitives.header_words import header_score
from tutela.vault import catalogue
from tutela.vault.errors import BadFieldValue, UnknownField


def test_recognisers_and_masks_are_known_to_detect():
    """A slip of the pen stops the start."""
    catalogue.check_against_detect()


_ROW = {"id": 900, "code": "new", "en": "New", "zh": "新", "synonyms": ["新"], "class": "PROFILE",
        "level": 2, "mask": "none", "type": "text"}  # fmt: skip


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"sinlge": False}, "new: unknown: sinlge"),
        ({"class": "PROFIL"}, "new: no class or search transform 'PROFIL'"),
        ({"search": ["nmae"]}, "new: no class or search transform 'NMAE'"),
        ({"level": 9}, "new: level must be 1 to 5"),
        ({"pad": 17}, "new: pad must be one of"),
        ({"type": "txt"}, "new: type must be one of text"),
    ],
)
def test_a_slip_names_the_field_and_what_is_wrong(slip, said):
    """A key that nothing reads would change nothing, and nobody would see it."""
    with pytest.raises(catalogue.CatalogueError) as caught:
        catalogue._unique([catalogue._field(catalogue.Collection.CUSTOMER, _ROW | slip)])
    assert str(caught.value).startswith(said)


def test_an_entry_without_a_key_is_refused_by_its_name():
    """Whether it is the code itself or another."""
    for key in ("code", "type"):
        row = {name: value for name, value in _ROW.items() if name != key}
        with pytest.raises(catalogue.CatalogueError, match=f"missing: {key}"):
            catalogue._field(catalogue.Collection.CUSTOMER, row)


def test_an_id_or_a_code_that_is_taken_names_both_fields():
    """Whoever adds one sees whose it is."""
    name = catalogue.by_code("name")
    for twin, said in (
        (replace(name, code="other"), "other: id 101 is the id of name too"),
        (replace(name, id=999), "name: code name is the code of name too"),
    ):
        with pytest.raises(catalogue.CatalogueError, match=said):
            catalogue._unique([name, twin])


def test_each_collection_has_at_most_one_field_of_a_role():
    """The import looks fields up by role."""
    for info in catalogue.COLLECTIONS:
        roles = [field.role for field in catalogue.fields_of(info.id) if field.role]
        assert len(roles) == len(set(roles)), info.code


def test_each_collection_can_be_tied_to_a_customer():
    """By the customer's number in its source, or by id number."""
    for info in catalogue.COLLECTIONS[1:]:
        assert catalogue.role_of(info.id, "customer_key"), info.code
        assert catalogue.role_of(info.id, "identity"), info.code


def test_no_synonym_stands_twice_in_a_field():
    """Duplicates hide mistakes."""
    for field in catalogue.BY_ID.values():
        assert len(set(field.synonyms)) == len(field.synonyms), field.code


def test_low_entropy_fields_that_stand_alone_are_padded():
    """Length would tell them."""
    for code in ("name", "gender", "diagnosis", "address", "insured_name"):
        assert catalogue.by_code(code).pad_to, code


def test_names_say_their_language():
    """Chinese names hold Han, English ones do not."""
    for field in catalogue.BY_ID.values():
        assert any("\u4e00" <= sign <= "\u9fff" for sign in field.name_zh), field.code
        assert field.name_en.isascii(), field.code


def test_health_and_biometrics_are_of_the_highest_level_in_use():
    """Diagnosis, medicine, face template."""
    for code in ("diagnosis", "medicine", "claim_diagnosis", "face_template"):
        assert catalogue.by_code(code).level == 4
    assert catalogue.by_code("diagnosis").data_class is DataClass.HEALTH


def test_values_are_read_by_type_and_never_told():
    """A wrong date names its field only."""
    field = catalogue.by_code("birth_date")
    assert str(field.read("1990-02-28")) == "1990-02-28"
    with pytest.raises(BadFieldValue) as caught:
        field.read("1990-02-30")
    assert "1990" not in str(caught.value)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "twelve"])
def test_an_amount_is_a_finite_number(text):
    """What has no value cannot be kept."""
    with pytest.raises(BadFieldValue):
        catalogue.by_code("premium").read(text)


def test_an_unknown_field_is_told_by_its_code():
    """By code and by id."""
    with pytest.raises(UnknownField):
        catalogue.by_code("nothing")
    with pytest.raises(UnknownField):
        catalogue.by_id(9999)


def test_the_sample_insurer_s_headers_are_each_known_to_one_field():
    """The files that the demo imports need no mapping by hand."""
    files = {
        1: people.HEADER,
        2: papers.POLICY_HEADER,
        3: papers.CLAIM_HEADER,
        6: papers.CONTACT_HEADER,
    }
    for collection, headers in files.items():
        for header in headers:
            scores = [header_score(header, one.synonyms) for one in catalogue.fields_of(collection)]
            assert scores.count(1.0) == 1, header
