"""A policy before it is adopted: with the company's name, or with the place where it goes."""

import pytest
from django.test import override_settings

from tests.console.stage import browser, text
from tutela.documents import library
from tutela.documents.actions import documents


@pytest.mark.parametrize(
    ("company", "language", "shown"),
    [
        ("华安保险", "zh", "本制度适用于华安保险"),
        ("", "zh", "〔公司名称〕"),
        ("", "en", "[company name]"),
    ],
)
def test_a_policy_is_shown_with_the_name_of_the_company(people, company, language, shown):
    """No mark of the source text reaches the page."""
    address = f"/documents/policies/customer-information-protection/?text={language}"
    with override_settings(TUTELA_COMPANY=company):
        page = text(browser(people.drafter.staff).get(address))
    assert shown in page
    assert "{company}" not in page


def test_a_chinese_policy_names_departments_as_the_register_does():
    """The department that trains is called the same everywhere."""
    texts = [library.template(code).text_zh for code in library.CODES]
    assert not [one for one in texts if "HR" in one]


def test_when_all_are_adopted_the_page_says_so_and_asks_for_nothing(people):
    """No button that could only be refused."""
    client = browser(people.drafter.staff)
    english = {"Accept-Language": "en"}
    before = text(client.get("/documents/adopt/", headers=english))
    assert ('name="company"' in before, "All twelve policies have been adopted" in before) == (
        True,
        False,
    )
    for code in library.CODES:
        documents.adopt_template(people.drafter.actor, code=code, company="Example")
    after = text(client.get("/documents/adopt/", headers=english))
    assert ('name="company"' in after, "All twelve policies have been adopted" in after) == (
        False,
        True,
    )
    assert "Adopt selected" not in after
