"""Import, single entry and search read a value in one way; what an earlier version tagged is still found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.detect.columns_made import TODAY
from tests.vault.factories import make_customer, operator
from tests.vault.tags_of_before import tagged_as_before
from tutela.crypto.normalise import Transform
from tutela.detect.recognisers import REGISTRY
from tutela.detect.values import check, clean, clean_column
from tutela.vault import catalogue, entry, search_forms
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.errors import BadFieldValue
from tutela.vault.find import find

SAME_NAME = {
    "王龴云": ["王\ue81e云", "王\u200e龴云", "王龴\ufe00云"],
    "陈\ue863岚": ["陈䶮岚", "陈 䶮 岚"],
    "阿不力米提·吐尔逊": [
        "阿不力米提•吐尔逊",
        "阿不力米提・吐尔逊",
        "阿不力米提.吐尔逊",
        "阿不力米提吐尔逊",
    ],
    "\u202a司马徽言\u202c": ["司马徽言", "司 马 徽 言"],
}


def _found(cast, by, value):
    return [one.customer_id for one in find(cast.clerk, by, value, "service")]


@pytest.mark.parametrize("stored", SAME_NAME)
def test_a_name_is_found_however_it_was_coded(cast, stored):
    """Both ways: what is stored in one form is found by the others, and by itself."""
    made = make_customer(cast.east, name=stored)
    for typed in (stored, *SAME_NAME[stored]):
        assert made.customer_id in _found(cast, "name", typed), typed


def test_what_an_earlier_version_tagged_is_still_found(cast, monkeypatch):
    """Until its next version the record keeps its old tags; afterwards it has the new ones, and is found as well."""
    with monkeypatch.context() as earlier:
        tagged_as_before(earlier)
        made = make_customer(cast.east, name="尉迟•敬言", phone="13911112222")
    searches = [("name", "尉迟・敬言"), ("phone", "+86 139 1111 2222")]
    for by, value in searches:
        assert _found(cast, by, value) == [made.customer_id], by
    new = {"phone": "13911113333"}
    change_record(
        operator(), RecordEdit(made.customer_id, made.record_id, new, version=1), "administration"
    )
    assert _found(cast, "name", "尉迟・敬言") == [made.customer_id]
    assert _found(cast, "phone", "13911112222") == []
    assert _found(cast, "phone", "13911113333") == [made.customer_id]


def test_a_foreign_number_of_an_earlier_version_is_found_after_its_next_version(cast, monkeypatch):
    """It was stored as 00 and digits; when the record is tagged anew it is still the number it was."""
    with monkeypatch.context() as earlier:
        tagged_as_before(earlier)
        earlier.setattr(entry, "clean", lambda _recogniser, text: text)
        earlier.setattr(entry, "check", lambda *_text, **_today: None)
        made = make_customer(cast.east, phone="00442079460958")
    assert _found(cast, "phone", "+44 20 7946 0958") == [made.customer_id]
    new = {"name": "欧阳再测"}
    change_record(
        operator(), RecordEdit(made.customer_id, made.record_id, new, version=1), "administration"
    )
    for typed in ("+44 20 7946 0958", "0044 20 7946 0958"):
        assert _found(cast, "phone", typed) == [made.customer_id], typed


def test_a_value_that_an_import_refuses_is_refused_unless_it_is_held(cast):
    """Nobody is told "no such customer" for a number that nobody can have."""
    for by, value in (("email", "a..b@example.com"), ("id_number", "110101199003078811")):
        with pytest.raises(BadFieldValue):
            find(cast.clerk, by, value, "service")


SEARCHED = [
    (field, transform)
    for field in catalogue.BY_ID.values()
    for transform in field.transforms
    if transform is not Transform.LAST4
]
EXAMPLES = sorted(
    {
        text
        for kind in REGISTRY.values()
        for text in (*kind.must_match, *kind.must_not_match, *kind.cleaned, *kind.refused)
    }
)
SIGNS = "0123456789AXx.-/ ()（）－·•@+转<张\u200e\ufe00\ue81e\u3000１Ａ"


@st.composite
def written(draw):
    """An example of any kind, with some of its signs exchanged, dropped or added; or any text."""
    text = draw(st.sampled_from(EXAMPLES) | st.text(max_size=24) | st.text(SIGNS, max_size=20))
    for _ in range(draw(st.integers(0, 2))):
        at, sign = draw(st.integers(0, len(text))), draw(st.sampled_from(SIGNS))
        text = (
            text[:at] + draw(st.sampled_from([sign, "", sign + text[at : at + 1]])) + text[at + 1 :]
        )
    return text


@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(SEARCHED), written())
def test_what_an_import_takes_a_search_takes_and_the_other_way_round(searched, text):
    """The column path, the single value and the search agree on what is a value, and on its form."""
    field, transform = searched
    (column,), problems = clean_column(field.recogniser, [text], TODAY)
    single = clean(field.recogniser, text)
    problem = check(field.recogniser, single, today=TODAY)
    assert column == single
    assert [fault for _row, fault in problems] == ([problem] if problem else [])
    form = search_forms.normal(transform, single) if single and not problem else ""
    if form:
        search_forms.check_value(field, transform, text, TODAY)
        assert (transform, form) in search_forms.forms(field, transform, text)
        assert (transform, form) in search_forms.forms(field, transform, single)
    elif single and not problem:
        # A key of signs alone, which names nothing: it has no tag, and no search asks for it.
        assert not any(sign.isalnum() for sign in single)
    else:
        with pytest.raises(BadFieldValue):
            search_forms.check_value(field, transform, text, TODAY)
