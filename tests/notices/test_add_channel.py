"""Chat robots: who may add one, what is sealed, what the test button says."""

import pytest
from django.db import connection
from django.test import override_settings

from tests.access import cast
from tests.notices import stage
from tests.notices.stage import reader
from tutela.access.errors import PermissionMissing
from tutela.notices import boxes, sending
from tutela.notices.actions import channels, deliveries, notices
from tutela.notices.errors import AddressRefused, ChannelMissing, ChoiceRefused, NameTaken
from tutela.notices.models import Channel, Delivery
from tutela.programme.notice_kinds import TASK_GIVEN
from tutela.trail import queries as trail

pytestmark = pytest.mark.usefixtures("database")
ADDRESS = "wecombot://canary-robot-key"
GIVEN = {"name": "Room", "address": ADDRESS, "groups": ["work"], "language": "en"}


@pytest.fixture(scope="module")
def admin(database: str) -> cast.Member:
    """The system administrator."""
    return reader("system_admin")


@pytest.fixture(autouse=True)
def _empty(admin: cast.Member) -> None:
    for one in Channel.objects.filter(is_active=True):
        channels.remove_channel(admin.actor, one.pk)


@pytest.mark.parametrize("post", ["security_admin", "auditor", "service_agent"])
def test_only_the_system_administrator_adds_a_robot(post: str) -> None:
    """Whoever writes the addresses decides where messages go."""
    with pytest.raises(PermissionMissing):
        channels.add_channel(cast.hire(post).actor, **GIVEN)


def test_the_secret_of_a_robot_is_stored_sealed_only(admin: cast.Member) -> None:
    """Neither the table nor the trail holds it in clear."""
    made = channels.add_channel(admin.actor, **GIVEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM notices_channel c")
        stored = str(cursor.fetchall())
    leaf = trail.leaves(trail.LeafFilter(event="notices.channel.added"))[0]
    assert "canary" not in stored + str(leaf)
    assert boxes.opened(Channel.objects.get(pk=made.pk).sealed) == ADDRESS
    assert (leaf.actor_id, leaf.detail["channel"]) == (admin.actor.id, made.pk)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "syslog://",
        "mailto://a:b@example.test",
        "dbus://",
        "file:///etc/passwd",
        "\x00",
        "json://",
        "workflows://chat.example/WORKFLOW/SIGNATURE/?template=/etc/hostname",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/?template=file:///etc/hostname",
        "tgram://123456789:abcdefg_hijklmnop/12315544/?template=http://127.0.0.1/card.json",
    ],
)
def test_an_address_that_is_no_chat_robot_is_refused(admin: cast.Member, address: str) -> None:
    """Neither programs or files of this machine nor mail."""
    with pytest.raises(AddressRefused):
        channels.add_channel(admin.actor, **GIVEN | {"address": address})


@pytest.mark.parametrize(
    "wrong",
    [
        {"groups": []},
        {"groups": ["work", "gossip"]},
        {"language": "xx"},
        {"name": " "},
        {"name": "x" * 26},
    ],
)
def test_a_choice_that_is_not_offered_is_refused(
    admin: cast.Member, wrong: dict[str, object]
) -> None:
    """Groups and languages are closed lists."""
    with pytest.raises(ChoiceRefused):
        channels.add_channel(admin.actor, **GIVEN | wrong)


def test_two_robots_do_not_share_a_name_but_a_removed_one_gives_it_back(admin: cast.Member) -> None:
    """The name is how people tell them apart."""
    made = channels.add_channel(admin.actor, **GIVEN)
    with pytest.raises(NameTaken):
        channels.add_channel(admin.actor, **GIVEN)
    channels.remove_channel(admin.actor, made.pk)
    assert bytes(Channel.objects.get(pk=made.pk).sealed) == b""
    channels.add_channel(admin.actor, **GIVEN)


def test_the_test_button_reaches_a_real_chat_and_says_when_it_does_not(admin: cast.Member) -> None:
    """The answer of the chat decides, and the leaf keeps the code."""
    with stage.chat() as room:
        made = channels.add_channel(admin.actor, **GIVEN | {"address": room.address})
        assert channels.test_channel(admin.actor, made.pk) == ""
        room.status = 500
        assert channels.test_channel(admin.actor, made.pk) == sending.NOT_TAKEN
    with override_settings(TUTELA_NOTICE_HOSTS=["127.0.0.0/8"]):
        assert channels.test_channel(admin.actor, made.pk) == sending.NOT_REACHED
    assert [one["message"] for one in room.said] == [
        "This is a test. Messages from Tutela are being delivered."
    ]
    codes = [
        leaf.detail["code"]
        for leaf in trail.leaves(trail.LeafFilter(event="notices.channel.tested"))[:3]
    ]
    assert codes == [sending.NOT_REACHED, sending.NOT_TAKEN, ""]


def test_a_test_mail_goes_to_who_asks(admin: cast.Member) -> None:
    """And without a mail server the code says so."""
    assert channels.test_mail(admin.actor) == sending.NOT_SET
    with stage.mail_server() as post:
        assert channels.test_mail(admin.actor) == ""
    assert post.to() == [admin.staff.email]


def test_what_waits_for_a_removed_robot_is_settled(admin: cast.Member) -> None:
    """It is not tried for a week, nor counted as failing."""
    made = channels.add_channel(admin.actor, **GIVEN)
    notices.notify(TASK_GIVEN, to=[admin.staff.id], params={"due": ""})
    channels.remove_channel(admin.actor, made.pk)
    assert Delivery.objects.get(channel=made).state == "unneeded"
    with pytest.raises(ChannelMissing):
        channels.test_channel(admin.actor, made.pk)


def test_a_robot_sealed_under_another_key_is_a_fault_not_a_crash(admin: cast.Member) -> None:
    """After a change of TUTELA_SECRET_KEY the address is to be entered again."""
    made = channels.add_channel(admin.actor, **GIVEN)
    Channel.objects.filter(pk=made.pk).update(sealed=b"\x01" * 60)
    notices.notify(TASK_GIVEN, to=[admin.staff.id], params={"due": ""})
    assert deliveries.send_due() == 0
    assert Delivery.objects.get(channel=made).code == sending.ADDRESS_UNREADABLE
