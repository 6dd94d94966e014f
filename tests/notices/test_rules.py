"""When messages go out, and what may stand in one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutela.notices import rules
from tutela.notices.errors import LinkRefused, ParamsRefused
from tutela.notices.kinds import KINDS, SHAPES, Mail
from tutela.programme.notice_kinds import TASK_DUE, TASK_GIVEN

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 the strategy adds the zone
CANARIES = (
    "13800138017", "110101199003070011", "6222021234567890123", "P2024000123456", "欧阳金丝雀",
    "a@b.example", "Ouyang Canary", "", "x" * 41,
)  # fmt: skip


def test_the_waits_between_tries_grow_and_end_after_a_week() -> None:
    """A mail server that is down over a holiday loses nothing."""
    now = datetime(2026, 10, 1, tzinfo=UTC)
    waits = [rules.next_try(tries, now) for tries in range(1, rules.MOST_TRIES)]
    assert None not in waits
    lengths = [again - now for again in waits if again]
    assert lengths == sorted(lengths)
    assert timedelta(days=6) < sum(lengths, timedelta()) < timedelta(days=8)
    assert rules.next_try(rules.MOST_TRIES, now) is None


@given(MOMENTS, st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Chicago"]))
def test_a_daily_digest_is_at_eight_and_less_than_a_day_and_an_hour_away(
    now: datetime, name: str
) -> None:
    """On the longest day of summer time too."""
    zone = ZoneInfo(name)
    due = rules.next_digest(now, rules.DAILY, zone)
    assert due.astimezone(zone).hour == 8
    assert timedelta() < due - now <= timedelta(hours=25)


@given(MOMENTS)
def test_a_weekly_digest_is_on_the_next_monday(now: datetime) -> None:
    """Whatever the week: the 53rd, or one with a leap day."""
    due = rules.next_digest(now, rules.WEEKLY, SHANGHAI)
    assert due.astimezone(SHANGHAI).weekday() == 0
    assert timedelta() < due - now <= timedelta(days=7)


def test_a_choice_says_when_a_mail_goes_out_first() -> None:
    """At once, with the digest, or not at all."""
    now = datetime(2026, 11, 22, 3, tzinfo=UTC)
    tried = {mail: rules.first_try(mail, now, rules.DAILY, SHANGHAI) for mail in Mail}
    assert tried == {
        Mail.NOW: now,
        Mail.DIGEST: datetime(2026, 11, 23, tzinfo=UTC),
        Mail.NEVER: None,
    }


@pytest.mark.parametrize("canary", CANARIES)
def test_no_value_of_a_customer_fits_a_fact_of_any_kind(canary: str) -> None:
    """Names, telephone, identity, card and policy numbers are refused wherever they are put."""
    for kind in KINDS.values():
        for field, shape in kind.params.items():
            if canary == "" and shape == "day":
                continue
            facts = {name: _good(each) for name, each in kind.params.items()} | {field: canary}
            with pytest.raises(ParamsRefused) as refused:
                rules.check_params(kind, facts)
            assert not canary or canary not in f"{refused.value} {refused.value.text()}"


def _good(shape: str) -> str | int:
    return {"count": 7, "code": "isms-built", "day": "2026-11-22"}[shape]


def test_every_kind_takes_its_own_facts_and_fills_its_sentence() -> None:
    """No sentence names a fact that its kind does not carry."""
    for kind in KINDS.values():
        told = rules.check_params(kind, {name: _good(shape) for name, shape in kind.params.items()})
        assert "%(" not in str(kind.sentence) % told


def test_a_fact_too_many_or_too_few_is_refused() -> None:
    """The set of a kind is closed; a strange name is not repeated."""
    for facts in ({}, {"due": "2026-11-22", "欧阳": "x"}):
        with pytest.raises(ParamsRefused) as refused:
            rules.check_params(TASK_DUE, facts)
        assert "欧阳" not in str(refused.value)


@given(st.text(alphabet="0123456789-", min_size=1))
def test_no_long_number_is_a_code(text: str) -> None:
    """Five digits together are a number of somebody."""
    fits = SHAPES["code"].fullmatch(text) is not None
    assert not fits or max(map(len, text.split("-"))) < 5


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/", "//elsewhere.example", "/customers/?find=13800138017",
        "/tasks/13800138017/", "/tasks/欧阳/", "javascript:alert(1)", "/a b", "/../..",
    ],
)  # fmt: skip
def test_a_link_out_of_the_house_or_with_a_value_is_refused(link: str) -> None:
    """A link names a page and ids."""
    with pytest.raises(LinkRefused):
        rules.check_link(TASK_GIVEN, link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "/",
        "/inbox/channels/",
        "/tasks/0199b8a2-0000-7000-8000-123456789012/",
        "/duties/12/#rows",
    ],
)
def test_a_link_to_a_page_of_the_house_is_taken(link: str) -> None:
    """Pages are named by words and ids."""
    assert rules.check_link(TASK_GIVEN, link) == link
