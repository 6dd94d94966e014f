"""A staff file on pages: uploaded, looked at, and done as it was seen; one that disables many people stops."""

import csv
import io
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.access import cast
from tests.access.test_import_staff import row
from tests.console import stage
from tests.console.stage import House, leaves, text
from tutela.access.models import Staff
from tutela.keys import custody
from tutela.vault.catalogue import Collection
from tutela.vault.rows import source_tag

PAGE = "/staff/import/"


def upload(client: Client, rows: list[dict[str, str]], **fields: str) -> HttpResponse:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("staff.csv", out.getvalue().encode())
    return client.post(PAGE, {"file": file, **fields})


def seen(answer: str) -> str:
    return answer.partition('name="seen" value="')[2].partition('"')[0]


def present(house: House) -> list[dict[str, str]]:
    """Everybody who works here, as their personnel file has it."""
    people = Staff.objects.filter(kind="staff", is_active=True).select_related("branch")
    return [
        row(
            0,
            staff_no=one.staff_no,
            login=one.login,
            name=one.name,
            post=one.assignments.get().post_id,
            department="",
            branch=one.branch.code if one.branch else "",
        )
        for one in people
    ]


def test_a_file_is_looked_at_and_then_taken(house: House) -> None:
    """Counts, the changed fields with before and after, and nothing done until the word."""
    client = house.as_("security_admin")
    listed = present(house)
    listed[0] = {**listed[0], "name": "王新名"}
    address = upload(client, [*listed, row(9101)]).headers["Location"]
    page = text(client.get(address))
    assert "姓名: Test → 王新名" in page
    assert "N9101" in page
    assert not Staff.objects.filter(staff_no="N9101").exists()
    told = text(client.post(address, {"seen": seen(page)}, follow=True))
    assert "新增 1 人，变更 1 人，停用 0 人" in told
    assert Staff.objects.filter(staff_no="N9101").exists()
    assert client.get(address).status_code != 200, "the upload is gone once it is taken"


def test_a_whole_file_that_lacks_many_stops_and_asks_for_their_number(house: House) -> None:
    """Another number is refused, and nothing is changed."""
    for number in range(2):
        gone = cast.hire("marketing_analyst", "WEST").staff.id
        Staff.objects.filter(id=gone).update(name=f"Leaver {number}")
    client = house.as_("security_admin")
    listed = [one for one in present(house) if not one["name"].startswith("Leaver")]
    address = upload(client, listed, whole="on").headers["Location"]
    page = text(client.get(address))
    assert 'role="alert"' in page
    assert "Leaver 0" in page
    for wrong in ("", "1", "3"):
        refused = client.post(address, {"seen": seen(page), "leavers": wrong})
        assert refused.status_code == 422
    assert Staff.objects.filter(name__startswith="Leaver", is_active=True).count() == 2
    told = text(client.post(address, {"seen": seen(page), "leavers": "2"}, follow=True))
    assert "停用 2 人" in told
    assert not Staff.objects.filter(name__startswith="Leaver", is_active=True).exists()


def test_a_bad_file_is_refused_at_its_field_with_the_row(house: House) -> None:
    """Nothing is kept of it."""
    client = house.as_("security_admin")
    wrong = upload(client, [row(9201), row(9202, post="wizard")])
    assert wrong.status_code == 422
    assert "access.rows_invalid" in text(wrong)
    missing = upload(client, [{"staff_no": "1", "login": "x"}])
    assert missing.status_code == 422


def test_nobody_gives_themselves_a_post_by_a_file(house: House) -> None:
    """Nor takes it by a file that was looked at before; the own row as it is does no harm."""
    own = house.people["security_admin"].staff
    listed = present(house)
    mine = next(one for one in listed if one["staff_no"] == own.staff_no)
    raised = [{**mine, "post": "claims_adjuster", "branch": "EAST"}]
    refused = upload(house.as_("security_admin"), raised)
    assert refused.status_code == 422
    assert "access.own_row" in text(refused)
    assert own.assignments.get().post_id == "security_admin"
    assert upload(house.as_("security_admin"), [{**mine, "name": "王新名"}]).status_code == 302
    colleague = stage.browser(cast.hire("security_admin").staff)
    assert upload(colleague, raised).status_code == 302


def test_who_compares_customer_keys_leaves_a_leaf_that_names_the_customers(house: House) -> None:
    """Each look at the file tells which keys are customers': also a look that finds none."""
    tag = source_tag(custody.index_keys(), Collection.CUSTOMER, "core", "K77")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.record SET source_tag = %s WHERE record_id = %s", [tag, house.record]
        )
    client, event = house.as_("security_admin"), "vault.customer.compared"
    before = len(leaves(event))
    address = upload(client, [row(9301, customer_key="K77")]).headers["Location"]
    assert "本人客户记录: 已登记" in text(client.get(address))
    upload(client, [row(9302, customer_key="K404")])
    upload(client, [row(9303)])
    missed, *found = leaves(event)[: len(leaves(event)) - before]
    assert missed.subjects == ()
    assert [one.subjects for one in found] == [(("customer", str(house.customer)),)] * 2
    assert {one.actor_id for one in (missed, *found)} == {house.people["security_admin"].actor.id}


def test_a_change_in_between_asks_for_another_look(house: House) -> None:
    """And the new preview can be taken."""
    client = house.as_("security_admin")
    listed = present(house)
    listed[0] = {**listed[0], "name": "李新名"}
    address = upload(client, listed).headers["Location"]
    page = text(client.get(address))
    Staff.objects.filter(staff_no=listed[1]["staff_no"]).update(name="Other")
    refused = client.post(address, {"seen": seen(page)})
    assert "access.preview_outdated" in text(refused)
    assert client.post(address, {"seen": seen(text(refused))}).status_code == 302


def test_an_upload_is_its_owners(house: House) -> None:
    """Another administrator's and one that does not exist are the same; other posts see no page."""
    client = house.as_("security_admin")
    address = upload(client, present(house)).headers["Location"]
    other = cast.hire("security_admin")
    stranger = stage.browser(other.staff)
    answers = [stranger.get(one) for one in (address, f"{PAGE}{UUID(int=9)}/")]
    assert answers[0].status_code == answers[1].status_code != 200
    for post in ("system_admin", "branch_manager", "auditor"):
        assert house.as_(post).get(PAGE).status_code == 403


@pytest.mark.parametrize("number", [5_000])
def test_five_thousand_people_are_planned_and_taken_in_few_statements(
    house: House, number: int
) -> None:
    """By the count of statements, not by the clock."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tutela.access.actions.imports import StaffFile, preview_staff_file, take_staff_file
    from tutela.base.actor import SYSTEM

    rows = [row(20_000 + one, staff_no=f"Z{one:05}", login=f"zoe{one}") for one in range(number)]
    with CaptureQueriesContext(connection) as asked:
        assert len(preview_staff_file(SYSTEM, StaffFile(rows)).created) == number
    assert len(asked) < 20
    with CaptureQueriesContext(connection) as asked:
        assert take_staff_file(SYSTEM, StaffFile(rows)).created == number
    assert len(asked) < 100
