"""API keys are listed, replaced and revoked, on the page and in the shell."""

import json
import re
from datetime import timedelta

import pytest

from tests.access import cast
from tests.console import stage
from tutela.access import errors, gate, sign_in, snapshot
from tutela.access.actions.keys import create_api_key, revoke_api_key, rotate_api_key
from tutela.access.models import ApiKey
from tutela.base import clock
from tutela.base.actor import SYSTEM, Channel
from tutela.cli import shell
from tutela.trail import queries as trail

WHOLE = re.compile(r"ttk_[0-9a-f]{16}_[0-9a-f]{64}")


@pytest.fixture
def partner(tree) -> cast.Member:
    return cast.hire("partner_service")


@pytest.fixture
def admin(tree) -> cast.Member:
    return cast.hire("security_admin")


def make(owner: cast.Member, **facts) -> tuple[ApiKey, str]:
    return create_api_key(SYSTEM, owner.staff, label="core", **facts)


def works(text: str) -> bool:
    snapshot.reload()
    try:
        sign_in.authenticate_key(text)
    except errors.KeyRefused:
        return False
    return True


def test_a_replaced_key_works_for_the_stated_time_beside_the_new_one(admin, partner):
    """The new one has the same label and length of life; the leaf names both."""
    old, text = make(partner, expires=clock.now() + timedelta(days=30))
    new, new_text = rotate_api_key(admin.actor, old.id, overlap=timedelta(hours=1))
    old.refresh_from_db()
    assert works(text)
    assert works(new_text)
    assert old.replaced_by == new
    assert abs((old.expires - clock.now()) - timedelta(hours=1)) < timedelta(minutes=1)
    assert abs((new.expires - clock.now()) - timedelta(days=30)) < timedelta(minutes=1)
    (leaf,) = trail.leaves(
        trail.LeafFilter(subject=("staff", partner.actor.id), event="access.api_key.rotated")
    )
    assert (leaf.detail["key"], leaf.detail["successor"]) == (str(old.id), str(new.id))


def test_a_key_replaced_at_once_is_refused_at_once(admin, partner):
    """No overlap, no time."""
    old, text = make(partner)
    rotate_api_key(admin.actor, old.id, overlap=timedelta())
    assert not works(text)


def test_what_ended_is_not_replaced_and_no_overlap_is_long(admin, partner):
    """Revoked, replaced already, or for more than a week."""
    revoked, _ = make(partner)
    revoke_api_key(admin.actor, revoked.id)
    replaced, _ = make(partner)
    rotate_api_key(admin.actor, replaced.id, overlap=timedelta())
    for key in (revoked, replaced):
        with pytest.raises(errors.ApiKeyEnded):
            rotate_api_key(admin.actor, key.id, overlap=timedelta())
    with pytest.raises(errors.OverlapTooLong):
        rotate_api_key(admin.actor, make(partner)[0].id, overlap=timedelta(8))


def test_only_who_manages_keys_replaces_those_of_others(partner):
    """The second lock."""
    key, _ = make(partner)
    with pytest.raises(errors.PermissionMissing):
        rotate_api_key(cast.hire("system_admin").actor, key.id, overlap=timedelta())


def test_the_page_lists_replaces_and_revokes(admin, partner):
    """The new key stands on the answer once; the list shows public parts only."""
    key, text = make(partner)
    browser = stage.browser(admin.staff)
    assert key.public_id in stage.text(browser.get("/keys/"))
    answer = stage.text(browser.post(f"/keys/{key.id}/rotate/", {"hours": "24"}))
    (shown,) = WHOLE.findall(answer)
    assert works(shown)
    assert not WHOLE.search(stage.text(browser.get("/keys/")))
    browser.post(f"/keys/{key.id}/revoke/")
    assert not works(text)
    assert browser.post(f"/keys/{key.id}/rotate/", {"hours": "9"}).status_code == 422


def test_other_posts_do_not_see_the_page(tree):
    """Auditors neither; system administrators see it, and replace no key."""
    for post in ("auditor", "branch_manager", "service_agent"):
        assert stage.browser(cast.hire(post).staff).get("/keys/").status_code == 403


@pytest.mark.parametrize("columns", ["20", "80", "300"])
def test_the_shell_prints_a_whole_key_at_any_width(capfd, monkeypatch, partner, columns):
    """On one line, so that it can be copied or read from a pipe."""
    monkeypatch.setenv("COLUMNS", columns)
    assert shell.run(["staff", "key", partner.staff.login, "--label", "core"]) == 0
    (text,) = WHOLE.findall(capfd.readouterr().out)
    assert works(text)
    assert shell.run(["staff", "keys", partner.staff.login]) == 0
    assert text.split("_")[1] in capfd.readouterr().out


def test_the_shell_lists_replaces_and_revokes(capfd, partner):
    """By the part of the key that may be shown."""
    key, text = make(partner)
    works(text)
    assert shell.run(["staff", "keys", partner.staff.login, "--json"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert (row["key_id"], row["revoked"]) == (key.public_id, None)
    assert row["last_used"]
    assert shell.run(["staff", "rotate-key", key.public_id, "--hours", "0", "--json"]) == 0
    new = json.loads(capfd.readouterr().out)
    assert not works(text)
    assert works(new["key"])
    assert shell.run(["staff", "revoke-key", new["key_id"], "--json"]) == 0
    assert not works(new["key"])


def test_long_work_asks_again_and_stops_when_its_key_is_revoked(partner):
    """Between the parts of a batch or an import."""
    key, text = make(partner)
    snapshot.reload()
    actor = sign_in.authenticate_key(text)
    gate.check_still_valid(actor)
    revoke_api_key(SYSTEM, key.id)
    snapshot.reload()
    with pytest.raises(errors.KeyRefused):
        gate.check_still_valid(actor)
    assert actor.channel is Channel.API


def test_looking_at_a_key_again_and_again_writes_once_a_minute(partner):
    """Reading must not cost a write."""
    key, text = make(partner)
    works(text)
    ApiKey.objects.filter(id=key.id).update(last_used=None)
    works(text)
    key.refresh_from_db()
    assert key.last_used is None
