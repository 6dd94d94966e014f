"""A department is made on a page: its code is for good, and nothing can mean two departments."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.access import cast
from tests.console.stage import browser, text
from tests.races import Meanwhile
from tutela.access import queries as people
from tutela.access.errors import PermissionMissing
from tutela.access.models import Department
from tutela.programme import errors, rules
from tutela.programme.actions import departments
from tutela.trail import queries as trail

PAGE = "/programme/departments/create/"
OTHERS = {"it": ("IT部", "IT"), "hr": ("人力资源部", "HR")}


def make(member, **facts):
    given = {"code": "actuarial", "name_zh": "精算部", "name_en": "Actuarial"}
    return departments.create_department(member.actor, **(given | facts))


def test_a_new_department_owns_work_and_takes_people(crew):
    """At once, by its code and by either name."""
    made = make(crew.officer, name_zh="  精算部 ")
    assert (made.code, made.name_zh, made.name_en) == ("actuarial", "精算部", "Actuarial")
    assert people.department("精算部") == people.department("Actuarial") == made
    assert cast.hire("hr_trainer", department="actuarial").staff.department_id == made.id
    (leaf, *_rest) = trail.leaves(trail.LeafFilter(event="governance.department.created"))
    assert leaf.detail["department"] == "actuarial"


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"code": "it"}, errors.DepartmentTwice),
        ({"code": "IT"}, errors.DepartmentCodeInvalid),
        ({"code": "a"}, errors.DepartmentCodeInvalid),
        ({"code": "re insurance"}, errors.DepartmentCodeInvalid),
        ({"code": "re__insurance"}, errors.DepartmentCodeInvalid),
        ({"code": "_re"}, errors.DepartmentCodeInvalid),
        ({"code": "再保"}, errors.DepartmentCodeInvalid),
        ({"code": "../x"}, errors.DepartmentCodeInvalid),
        ({"code": "re\nx"}, errors.DepartmentCodeInvalid),
        ({"code": "phone13800138000"}, errors.DepartmentCodeInvalid),
        ({"code": "a" * 41}, errors.DepartmentCodeInvalid),
        ({"name_zh": " "}, errors.DepartmentNameInvalid),
        ({"name_en": ""}, errors.DepartmentNameInvalid),
        ({"name_en": "x" * 81}, errors.DepartmentNameInvalid),
        ({"name_zh": "再\n保"}, errors.DepartmentNameInvalid),
        ({"name_zh": "再保\x00"}, errors.DepartmentNameInvalid),
        ({"name_zh": "理赔部"}, errors.DepartmentNameTaken),
        ({"name_en": "CLAIMS"}, errors.DepartmentNameTaken),
        ({"name_en": "legal_compliance"}, errors.DepartmentNameTaken),
    ],
)
def test_what_cannot_be_a_department_is_refused(crew, facts, refused):
    """Each with its sentence, and nothing is made."""
    before = Department.objects.count()
    with pytest.raises(refused):
        make(crew.officer, **({"code": "re", "name_zh": "再保部", "name_en": "Re"} | facts))
    assert Department.objects.count() == before


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_makes_it_and_says_what_is_wrong(crew, language):
    """The sentence stands in the form, in the reader's language; what was typed stays."""
    client = browser(crew.officer.staff)
    client.cookies["django_language"] = language
    assert PAGE in text(client.get("/programme/departments/"))
    facts = {"code": "claims", "name_zh": "再保部", "name_en": f"Reinsurance {language}"}
    refused = text(client.post(PAGE, facts))
    assert (
        "已有部门 claims" if language == "zh-hans" else "Department claims already exists"
    ) in refused
    assert "再保部" in refused
    code = f"re_{language[:2]}"
    sent = client.post(PAGE, facts | {"code": code, "name_zh": f"再保{language}"})
    assert sent.headers["Location"] == "/programme/departments/"
    assert code in text(client.get("/programme/departments/"))


@pytest.mark.parametrize(
    ("junk", "status"),
    [({}, 200), ({"code": "x" * 99}, 422), ({"code": "\x00", "name_zh": "\x00"}, 422)],
)
def test_junk_in_the_form_makes_nothing(crew, junk, status):
    """The form comes back."""
    before = Department.objects.count()
    assert browser(crew.officer.staff).post(PAGE, junk).status_code == status
    assert Department.objects.count() == before


def test_only_whoever_runs_the_programme_makes_one(crew):
    """Both locks: no button and no page for others, and the verb refuses."""
    client = browser(crew.outsider.staff)
    assert PAGE not in text(client.get("/programme/departments/"))
    assert (client.get(PAGE).status_code, client.post(PAGE, {}).status_code) == (403, 403)
    with pytest.raises(PermissionMissing):
        make(crew.outsider, code="shadow", name_zh="影子", name_en="Shadow")


@given(some.text(alphabet="abz09_-. A\n", max_size=44))
def test_a_code_is_a_plain_word_or_refused(code):
    """Whatever passes fits a link, a file and a trace, and holds no long number."""
    try:
        rules.check_department_code(code)
    except errors.DepartmentCodeInvalid:
        return
    assert 2 <= len(code) <= 40
    assert code.isascii()
    assert code.replace("_", "").isalnum()
    assert code == code.lower()
    assert code[0].isalpha()
    assert "__" not in code


@given(some.tuples(some.text(max_size=90), some.text(max_size=90)))
def test_names_never_mean_another_department(names):
    """Whatever passes has two names on one line each, and neither is anybody else's word."""
    try:
        rules.check_department_names(names, "new", OTHERS)
    except (errors.DepartmentNameInvalid, errors.DepartmentNameTaken):
        return
    taken = {word.casefold() for code, called in OTHERS.items() for word in (code, *called)}
    assert not taken & {name.casefold() for name in names}
    assert all(name and len(name) <= 80 and name.isprintable() for name in names)


def test_of_two_departments_of_one_name_made_at_once_one_is_refused(crew):
    """The second waits for the first, and then sees its name."""
    first = Meanwhile(lambda: make(crew.officer, code="lab", name_zh="实验室", name_en="Lab"))
    with first, pytest.raises(errors.DepartmentNameTaken):
        make(crew.officer, code="lab_two", name_zh="实验室", name_en="Lab two")
    assert not Department.objects.filter(code="lab_two").exists()
