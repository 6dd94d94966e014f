"""Temporary access on its pages: asked for, decided, watched in the frame, ended; break-glass and its review."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator

from tests.access import cast
from tests.console.stage import ID_NUMBER, NAME, PHONE, House, leaves, text
from tests.vault.factories import id_number, make_customer
from tutela.access import temporary_rows as rows
from tutela.access.models import Branch
from tutela.access.temporary_rows import TemporaryAccess
from tutela.base import clock
from tutela.detect.values import mask
from tutela.notices.models import Notice
from tutela.vault import catalogue
from tutela.vault.temporary_access import clocks

LIST, ASK, BREAK = (
    "/temporary-access/",
    "/temporary-access/request/",
    "/temporary-access/break-glass/",
)
CLOCK = "/temporary-access/clock/"
WHY = "The customer is at the counter and cannot wait."


def given(house: House, *classes: int, **more: str) -> dict[str, object]:
    facts = {
        "purpose": "complaint",
        "minutes": "30",
        "reason": WHY,
        "customer": str(house.customer),
    }
    return {**facts, "classes": [str(item) for item in classes or (2,)], **more}


def newest() -> TemporaryAccess:
    return rows.recent(1)[0]


def page_of(access: TemporaryAccess) -> str:
    return f"{LIST}{access.id}/"


def decide(house: House, post: str, step: str, **more: str) -> str:
    """Press a button of the newest access's page; what the next page says."""
    answer = house.as_(post).post(f"{page_of(newest())}decide/", {"do": step, **more}, follow=True)
    return text(answer)


@pytest.fixture
def codes(house: House) -> Iterator[str]:
    staff = house.people["service_agent"].staff
    Authenticator.objects.filter(user=staff).delete()
    return cast.enrol(staff)


def test_the_customers_page_leads_to_a_form_that_is_filled_in(house: House) -> None:
    """The address holds opaque ids; what the purpose hides is chosen already."""
    page = text(house.as_("service_agent").get(house.page("renewal")))
    (address,) = re.findall(r'href="(/temporary-access/request/[^"]+)"', page)
    assert not [value for value in (NAME, PHONE, ID_NUMBER) if quote(value) in address]
    form = text(house.as_("service_agent").get(address.replace("&amp;", "&")))
    assert re.search(r'<option value="renewal" selected', form)
    assert f'name="customer" value="{house.customer}"' in form
    assert 'name="by"' not in form


def test_who_asks_and_who_decides_see_whom_it_is_about(house: House) -> None:
    """By the masked name, with a leaf; the security administrator, who sees no customers, by number only."""
    form = text(
        house.as_("service_agent").get(f"{ASK}?customer={house.customer}&purpose=complaint")
    )
    masked = mask(catalogue.by_code("name").mask, NAME)
    assert masked in form
    house.as_("service_agent").post(ASK, given(house))
    page = text(house.as_("branch_manager").get(page_of(newest())))
    assert masked in page
    assert NAME not in page
    seen = leaves("vault.customer.listed")[0]
    assert (seen.exposure, [int(item) for item in seen.classes]) == ("list_masked", [1])
    decide(house, "branch_manager", "approve")
    assert masked not in text(house.as_("security_admin").get(page_of(newest())))
    decide(house, "service_agent", "give_back")


def test_a_request_is_approved_used_and_given_back(house: House) -> None:
    """Refused, asked for, approved by the manager, opened, given back, refused."""
    wanted = {"purpose": "complaint", "work_item": ""}
    refused = house.reveal("service_agent", **wanted)
    assert "access.no_cell" in text(refused)
    sent = house.as_("service_agent").post(ASK, given(house), follow=True)
    assert "申请已提交" in text(sent)
    manager = house.as_("branch_manager")
    assert str(newest().id) in text(manager.get(LIST))
    assert WHY in text(manager.post(f"{page_of(newest())}decide/", {"do": "read"}))
    assert "已批准，开始计时" in decide(house, "branch_manager", "approve")
    assert PHONE in text(house.reveal("service_agent", **wanted))
    assert leaves("vault.field.revealed")[0].decision["request"] == str(newest().id)
    assert "已结束，不再显示明文" in decide(house, "service_agent", "give_back")
    assert "access.no_cell" in text(house.reveal("service_agent", **wanted))


def test_the_clock_stands_on_every_page_of_who_has_to_do_with_it(house: House) -> None:
    """The asker, the approver, who is the manager too; not of others. It asks for itself anew, and is quiet while
    nothing changes."""
    house.as_("service_agent").post(ASK, given(house))
    decide(house, "branch_manager", "approve")
    for post, words in (("service_agent", "您的临时访问"), ("branch_manager", "他人的临时访问")):
        page = text(house.as_(post).get("/me/"))
        assert words in page
        assert "剩余 30 分钟" in page
    for post in ("claims_adjuster", "security_admin", "marketing_analyst"):
        assert "剩余 30 分钟" not in text(house.as_(post).get("/me/"))
    client = house.as_("service_agent")
    (address,) = re.findall(rf'hx-get="({CLOCK}\?shown=\w+)"', text(client.get("/me/")))
    assert client.get(address).status_code == 204
    assert "access-clock" in text(client.get(CLOCK))
    assert "access-clock mb-2" not in decide(house, "service_agent", "give_back")
    ended = text(house.as_("service_agent").get(address))
    assert "剩余" not in ended
    assert "hx-get" not in ended


def test_two_approvers_decide_on_a_sensitive_class(house: House) -> None:
    """The page says which is missing; a second manager has no button."""
    house.as_("service_agent").post(ASK, given(house, 1, 2))
    assert "待两人审批" in text(house.as_("service_agent").get(page_of(newest())))
    assert "第二审批人" in decide(house, "branch_manager", "approve")
    assert 'value="approve"' not in text(house.as_("branch_manager").get(page_of(newest())))
    assert "已批准，开始计时" in decide(house, "compliance_officer", "approve")
    decide(house, "service_agent", "give_back")


def test_what_is_wrong_with_a_request_stands_at_its_field(house: House) -> None:
    """Nothing is stored, and what was typed stays."""
    before = newest().id if rows.recent(1) else None
    for change, sentence in (
        ({"minutes": "999"}, "240"),
        ({"minutes": "x"}, "invalid-feedback"),
        ({"classes": []}, "invalid-feedback"),
        ({"classes": ["9"]}, "invalid-feedback"),
        ({"classes": ["4"], "purpose": "service"}, "access.temporary_access_purpose"),
        ({"purpose": "marketing"}, "invalid-feedback"),
        ({"reason": ""}, "invalid-feedback"),
        ({"customer": ""}, "vault.temporary_access.whom_missing"),
    ):
        answer = house.as_("service_agent").post(ASK, {**given(house), **change})
        if change == {"customer": ""}:
            assert answer.status_code in (404, 422)
            continue
        assert answer.status_code == 422, change
        assert sentence in text(answer), change
    assert (newest().id if rows.recent(1) else None) == before


def test_who_was_lent_a_customer_is_told_that_it_is_over(
    house: House, codes: Iterator[str]
) -> None:
    """Of a branch beyond one's scope; nobody else is told more than that there is no such customer."""
    number = id_number()
    west = Branch.objects.get(code="WEST").id
    other = make_customer(west, id_number=number).customer_id
    asked = given(house, purpose="complaint", code=next(codes), by="id_number", value=number)
    asked.pop("customer")
    client = house.as_("service_agent")  # break-glass holds in the session that it began in
    client.post(BREAK, asked)
    page = f"/customers/{other}/?purpose=complaint"
    assert client.get(page).status_code == 200
    decide(house, "service_agent", "give_back")
    decide(house, "compliance_officer", "justified", note="Confirmed.")
    over = house.as_("service_agent").get(page)
    assert (over.status_code, "临时访问已结束" in text(over)) == (404, True)
    assert "临时访问已结束" not in text(house.as_("claims_adjuster").get(page))


def test_a_search_is_in_the_body_and_nothing_of_it_comes_back(house: House) -> None:
    """Whether or not anybody has the number, the same page follows."""
    number = id_number()
    make_customer(3, id_number=number)
    said = []
    for value in (number, id_number()):
        asked = {**given(house), "by": "id_number", "value": value}
        del asked["customer"]
        answer = house.as_("service_agent").post(ASK, asked, follow=True)
        page = text(answer)
        assert value not in page
        said.append(page.replace(str(newest().id), ""))
        decide(house, "service_agent", "give_back")
    hidden = re.compile(r"csrf\w+\W+value=\W+\w+|X-CSRFToken[^}]+|\d\d:\d\d(:\d\d)?|shown=\w+")
    assert hidden.sub("", said[0]) == hidden.sub("", said[1])


def test_a_search_tells_the_asker_whom_it_found_after_the_last_word(house: House) -> None:
    """Of two approvers the first alone tells nothing: the second may say no."""
    asked = {**given(house, 1, 2), "by": "id_number", "value": ID_NUMBER}
    del asked["customer"]
    house.as_("service_agent").post(ASK, asked)
    for post, is_told in (("branch_manager", False), ("compliance_officer", True)):
        decide(house, post, "approve")
        page = text(house.as_("service_agent").get(page_of(newest())))
        assert (str(house.customer) in page) is is_told, post
    decide(house, "service_agent", "give_back")


def test_break_glass_is_told_in_the_frame_and_one_button_ends_it(
    house: House, codes: Iterator[str]
) -> None:
    """The security administrator, who opens no customer, sees it on whatever page and ends it there."""
    client = house.as_("service_agent")
    asked = given(house, purpose="claim", code=next(codes))
    assert "紧急访问已开始" in text(client.post(BREAK, asked, follow=True))
    look = {"reveal-purpose": "claim", "reveal-reason": WHY, "place": f"{house.record}:phone"}
    assert PHONE in text(client.post(f"/customers/{house.customer}/reveal/", look))
    elsewhere = text(house.reveal("service_agent", purpose="claim", work_item=""))
    assert PHONE not in elsewhere
    told = Notice.objects.get(
        kind="break_glass_started",
        recipient=house.people["security_admin"].staff,
        link=page_of(newest()),
    )
    assert told.read_at is None
    page = text(house.as_("security_admin").get("/me/"))
    assert "他人的紧急访问" in page
    assert f'action="{page_of(newest())}decide/"' in page
    seen = text(house.as_("security_admin").get(page_of(newest())))
    assert str(house.customer) not in seen
    assert "访问已终止" in decide(house, "security_admin", "end")
    assert not clocks.clocks(house.people["security_admin"].actor)


def test_break_glass_is_reviewed_or_pauses_the_post(
    house: House, codes: Iterator[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reviewer's page has the form; overdue, the next start is refused with the reason."""
    house.as_("service_agent").post(BREAK, given(house, purpose="claim", code=next(codes)))
    first = newest()
    decide(house, "service_agent", "give_back")
    due = first.review_due
    monkeypatch.setattr(clock, "now", lambda: due)
    paused = house.as_("service_agent").post(BREAK, given(house, purpose="claim", code=next(codes)))
    assert paused.status_code == 403
    assert "access.break_glass_paused" in text(paused)
    page = house.as_("compliance_officer").get(page_of(first))
    assert "复核逾期" in text(page)
    empty = house.as_("compliance_officer").post(
        f"{page_of(first)}decide/", {"do": "justified", "note": ""}
    )
    assert empty.status_code == 422
    for access in rows.unreviewed():
        house.as_("compliance_officer").post(
            f"{page_of(access)}decide/", {"do": "justified", "note": "The hospital confirmed it."}
        )
    again = given(house, purpose="claim", code=next(codes))
    assert house.as_("service_agent").post(BREAK, again).status_code == 302
    decide(house, "compliance_officer", "justified", note="Confirmed.")


def test_a_wrong_code_stands_at_its_field(house: House, codes: Iterator[str]) -> None:
    """422, and nothing has begun."""
    answer = house.as_("service_agent").post(BREAK, given(house, purpose="claim", code="000000"))
    assert answer.status_code == 422
    assert "access.second_factor_code_wrong" in text(answer)


def test_a_post_without_any_of_it_sees_no_entry(house: House) -> None:
    """The list opens for everybody who is signed in, and is empty."""
    for post in ("marketing_analyst", "hr_trainer", "auditor"):
        client = house.as_(post)
        assert f'href="{LIST}"' not in text(client.get("/me/"))
        assert client.get(ASK).status_code == 403
        assert client.get(BREAK).status_code == 403
