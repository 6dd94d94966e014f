"""The gate for functions and for data, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.access import cast
from tutela.access import errors, gate, queries
from tutela.access import permissions as access_permissions
from tutela.access.actions.people import disable_staff
from tutela.access.levels import Level
from tutela.base.actor import ANONYMOUS, SYSTEM, Actor, Channel
from tutela.detect.classes import DataClass
from tutela.scorecard import permissions as scorecard_permissions
from tutela.trail.leaves import Exposure
from tutela.vault import permissions as vault_permissions

CONTACT, HEALTH = int(DataClass.CONTACT), int(DataClass.HEALTH)


def test_a_function_of_the_post_is_granted(tree):
    """An auditor may search the trail."""
    grant = gate.require(cast.hire("auditor").actor, access_permissions.TRAIL_SEARCH)
    grant.check(permission=access_permissions.TRAIL_SEARCH)
    assert grant.as_leaf() == {"outcome": "allow", "permission": "trail.leaves.search"}


@pytest.mark.parametrize(
    ("post", "permission"),
    [
        ("system_admin", access_permissions.TRAIL_SEARCH),
        ("system_admin", access_permissions.STAFF_MANAGE),
        ("security_admin", access_permissions.TRAIL_SEARCH),
        ("security_admin", vault_permissions.CUSTOMER_VIEW),
        ("auditor", vault_permissions.CUSTOMER_VIEW),
        ("service_agent", vault_permissions.IMPORT_RUN),
        ("machine", vault_permissions.FIELD_REVEAL),
    ],
)
def test_a_function_of_another_post_is_refused(tree, post, permission):
    """The three administrators cannot do each other's work, and nobody grows into a function."""
    with pytest.raises(errors.PermissionMissing):
        gate.require(cast.hire(post).actor, permission)


def test_the_unknown_and_the_stranger_are_refused(database):
    """Neither an anonymous visitor nor an id that is no account's gets anything."""
    with pytest.raises(errors.SignInNeeded):
        gate.require(ANONYMOUS, scorecard_permissions.READ)
    stranger = Actor(kind="staff", id="nobody", channel=Channel.PAGE)
    with pytest.raises(errors.AccountDisabled):
        gate.require(stranger, scorecard_permissions.READ)


def test_the_installation_itself_sees_no_data(tree):
    """SYSTEM makes accounts; it has no cell and no trail."""
    with pytest.raises(errors.AccountDisabled):
        gate.require_data(SYSTEM, cast.ask(tree["EAST"], "service", CONTACT))
    with pytest.raises(errors.PermissionMissing):
        gate.require(SYSTEM, access_permissions.TRAIL_SEARCH)


def test_an_agent_sees_a_contact_of_the_own_branch_in_clear(tree):
    """The allowed look carries its cell, matrix and what is left of the quota."""
    agent = cast.hire("service_agent", "EAST")
    asked = cast.ask(tree["EAST"], "service", CONTACT)
    grant = gate.require_data(agent.actor, asked)
    grant.check(customer_id=asked.customer_id, classes=[CONTACT], level=Level.CLEAR)
    told = grant.as_leaf()
    assert (told["cell"], told["quota_left"], told["level"]) == ("service_agent.1", 59, 2)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"work_item_linked": False}, "access.work_item_missing"),
        ({"classes": frozenset({HEALTH})}, "access.no_cell"),
        ({"classes": frozenset()}, "access.no_cell"),
        ({"level": Level.NONE}, "access.no_cell"),
        ({"exposure": Exposure.EXPORT}, "access.channel_closed"),
        ({"branch_id": 999_999}, "access.out_of_scope"),
        ({"fields": 61}, "access.quota_spent"),
    ],
)
def test_a_refusal_has_the_code_of_the_rule_that_refused(tree, facts, code):
    """And its decision is ready for the leaf of the attempt."""
    agent = cast.hire("service_agent", "EAST")
    asked = cast.ask(tree["EAST"], "service", CONTACT)
    with pytest.raises(errors.DataRefused) as refused:
        gate.require_data(agent.actor, replace(asked, **facts))
    assert refused.value.code == code
    assert refused.value.decision["outcome"] == "deny"
    assert refused.value.text()


def test_the_own_record_is_refused(tree):
    """Nobody looks at himself with the company's eyes, masked or clear."""
    asked = cast.ask(tree["EAST"], "service", CONTACT, level=Level.MASKED)
    agent = cast.hire("service_agent", "EAST", customer_id=asked.customer_id)
    with pytest.raises(errors.OwnRecord):
        gate.require_data(agent.actor, asked)


def test_health_in_clear_needs_the_second_factor(tree):
    """The same adjuster, with and without it."""
    adjuster = cast.hire("claims_adjuster", "EAST")
    asked = cast.ask(tree["EAST"], "claim", HEALTH)
    with pytest.raises(errors.StepUpNeeded):
        gate.require_data(adjuster.actor, asked)
    gate.require_data(adjuster.with_second_factor(), asked)


def test_a_compliance_officer_alone_sees_masks_only(tree):
    """Clear values for an audit need a second person, which nobody can give yet."""
    officer = cast.hire("compliance_officer").with_second_factor()
    asked = cast.ask(tree["WEST"], "audit", CONTACT)
    gate.require_data(officer, replace(asked, level=Level.MASKED))
    with pytest.raises(errors.SecondPersonNeeded):
        gate.require_data(officer, asked)


def test_the_host_account_never_sees_clear_values(tree):
    """local-operator may see masks for any purpose of work, by the shell."""
    operator = queries.staff_by_login(queries.LOCAL_OPERATOR)
    actor = Actor(kind="machine", id=str(operator.id), channel=Channel.SHELL)
    asked = cast.ask(tree["WEST"], "service", CONTACT)
    gate.require_data(actor, replace(asked, level=Level.MASKED))
    with pytest.raises(errors.NoCell):
        gate.require_data(actor, asked)


def test_a_person_by_the_api_is_refused_where_the_cell_is_not_open_to_it(tree):
    """Channel bits hold for people with keys of their own as well."""
    agent = cast.hire("service_agent", "EAST")
    by_api = replace(agent.actor, channel=Channel.API)
    with pytest.raises(errors.ChannelClosed):
        gate.require_data(by_api, cast.ask(tree["EAST"], "service", CONTACT))


def test_a_refusal_spends_no_quota(tree):
    """Only values that were granted count."""
    agent = cast.hire("service_agent", "EAST")
    with pytest.raises(errors.WorkItemMissing):
        gate.require_data(
            agent.actor, cast.ask(tree["EAST"], "service", CONTACT, work_item_linked=False)
        )
    assert queries.quota_used(agent.actor.id) == 0


def test_deciding_for_a_page_spends_nothing_and_knows_what_is_left(tree):
    """The page shows the rest of the quota after a look."""
    agent = cast.hire("service_agent", "EAST")
    asked = cast.ask(tree["EAST"], "service", CONTACT, fields=20)
    gate.require_data(agent.actor, asked)
    assert gate.decide(agent.actor, asked).quota_left == 40
    assert queries.quota_used(agent.actor.id) == 20


def test_many_looks_are_granted_together_or_not_at_all(tree):
    """One refused customer refuses the batch, and nothing is spent."""
    partner = replace(cast.hire("partner_service").actor, channel=Channel.API)
    good = [cast.ask(tree["EAST"], "claim", CONTACT, fields=3) for _ in range(5)]
    assert len(gate.require_data_many(partner, good)) == 5
    bad = cast.ask(tree["EAST"], "claim", CONTACT, work_item_linked=False)
    with pytest.raises(errors.WorkItemMissing):
        gate.require_data_many(partner, [*good, bad])
    assert queries.quota_used(partner.id) == 15


def test_an_ended_post_gives_nothing(tree):
    """The day after its last day a post is gone."""
    agent = cast.hire("service_agent", "EAST")
    assignment = agent.staff.assignments.get()
    from tutela.access import snapshot
    from tutela.access.models import Assignment

    day = assignment.starts - timedelta(days=365)
    Assignment.objects.filter(id=assignment.id).update(starts=day, ends=day)
    snapshot.reload()
    with pytest.raises(errors.PermissionMissing):
        gate.require(agent.actor, vault_permissions.CUSTOMER_FIND)
    with pytest.raises(errors.AccountDisabled):
        gate.require_data(agent.actor, cast.ask(tree["EAST"], "service", CONTACT))


def test_a_disabled_account_loses_everything_at_once(tree):
    """In this process right after the commit."""
    agent = cast.hire("service_agent", "EAST")
    disable_staff(cast.hire("security_admin").actor, agent.staff)
    with pytest.raises(errors.AccountDisabled):
        gate.require(agent.actor, vault_permissions.CUSTOMER_FIND)
    with pytest.raises(errors.AccountDisabled):
        gate.require_data(agent.actor, cast.ask(tree["EAST"], "service", CONTACT))
