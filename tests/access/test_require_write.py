"""The write level: whose customers a post may create and change, and that it shows nothing."""

from dataclasses import replace

import pytest

from tests.access import cast
from tests.access.test_publish_matrix import CLEAR, document
from tutela.access import errors, gate, matrix, matrix_rules, snapshot
from tutela.access.actions.matrices import complete_matrix, publish_matrix
from tutela.access.errors import GrantRefused, MatrixInvalid
from tutela.access.levels import Level
from tutela.access.models import MatrixVersion
from tutela.access.purposes import Purpose
from tutela.base import ids
from tutela.base.actor import SYSTEM, Channel
from tutela.detect.classes import DataClass

CONTACT, BANK = int(DataClass.CONTACT), int(DataClass.BANK)
WRITE = {**CLEAR, "level": "write", "quota": 0, "work_item": False}
MASKED = {**WRITE, "level": "masked"}
SERVICE = {"classes": ["identity", "contact"], "purposes": ["service", "complaint", "renewal"]}


def ask(branch: int, *classes: int, **facts: object) -> gate.WriteAsk:
    """To change a customer of the branch, for service."""
    asked = gate.WriteAsk(
        customer_id=str(ids.uuid7()),
        branch_id=branch,
        classes=frozenset(classes),
        purpose=Purpose.SERVICE,
    )
    return replace(asked, **facts)


def test_a_post_writes_its_classes_within_its_scope(tree):
    """A manager changes a customer of a branch below, and makes new ones there; not elsewhere."""
    manager = cast.hire("branch_manager", "EAST").actor
    for facts in ({}, {"customer_id": ""}):
        gate.require_write(manager, ask(tree["EAST1"], CONTACT, **facts))
        with pytest.raises(errors.OutOfScope):
            gate.require_write(manager, ask(tree["WEST"], CONTACT, **facts))


def test_a_work_item_opens_a_customer_elsewhere_for_writing(tree):
    """As it does for looking, where the scope is the team's."""
    agent = cast.hire("service_agent", "EAST").actor
    gate.require_write(agent, ask(tree["WEST"], CONTACT, assigned=True))
    with pytest.raises(errors.OutOfScope):
        gate.require_write(agent, ask(tree["WEST"], CONTACT))


@pytest.mark.parametrize(
    ("post", "facts", "refusal"),
    [
        ("branch_manager", {"classes": frozenset({CONTACT, BANK})}, errors.NoCell),
        ("branch_manager", {"purpose": Purpose.MARKETING}, errors.NoCell),
        ("branch_manager", {"classes": frozenset()}, errors.NoCell),
        ("compliance_officer", {}, errors.NoCell),
        ("auditor", {}, errors.NoCell),
    ],
)
def test_what_no_write_rule_names_is_refused(tree, post, facts, refusal):
    """One class without a rule refuses the whole write; who sees clear values does not thereby write."""
    with pytest.raises(refusal) as refused:
        gate.require_write(cast.hire(post, "EAST").actor, ask(tree["EAST"], CONTACT, **facts))
    assert refused.value.decision["outcome"] == "deny"


def test_another_system_needs_the_channel_of_systems(tree):
    """A rule without the bit api does not open the API."""
    agent = cast.hire("service_agent", "EAST").actor
    with pytest.raises(errors.ChannelClosed):
        gate.require_write(replace(agent, channel=Channel.API), ask(tree["EAST"], CONTACT))


def test_nobody_writes_the_own_customer_record(tree):
    """However wide the post."""
    own = ids.uuid7()
    person = cast.hire("data_steward", "HQ", customer_id=own).actor
    asked = ask(tree["EAST"], CONTACT, customer_id=str(own), purpose=Purpose.ADMINISTRATION)
    with pytest.raises(errors.OwnRecord):
        gate.require_write(person, asked)


def test_a_grant_to_write_shows_nothing(tree):
    """It passes for no look at the same customer, and a look at the level write is refused."""
    agent = cast.hire("service_agent", "EAST").actor
    asked = ask(tree["EAST"], CONTACT)
    grant = gate.require_write(agent, asked)
    with pytest.raises(GrantRefused):
        grant.check(customer_id=asked.customer_id, classes=[CONTACT], level=Level.MASKED)
    assert "level" not in grant.as_leaf()
    with pytest.raises(errors.NoCell):
        gate.require_data(agent, cast.ask(tree["EAST"], "service", CONTACT, level=Level.WRITE))


def test_only_who_reaches_every_branch_reaches_everything(tree):
    """By a branch above all others, or by the scope all; for a file any purpose will do."""
    reach = {
        (post, branch): gate.write_scope(cast.hire(post, branch).actor, [CONTACT]).everything
        for post, branch in (
            ("branch_manager", "HQ"), ("branch_manager", "EAST"), ("data_steward", "HQ"),
            ("machine", "EAST"), ("service_agent", ""),
        )
    }  # fmt: skip
    assert reach == {
        ("branch_manager", "HQ"): True, ("branch_manager", "EAST"): False,
        ("data_steward", "HQ"): True, ("machine", "EAST"): True, ("service_agent", ""): False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"quota": 5}, "write_with_conditions_of_clear"),
        ({"work_item": True}, "write_with_conditions_of_clear"),
        ({"channels": ["view", "search"]}, "write_by_other_channels"),
        ({"purposes": ["marketing"]}, "purpose_never_written"),
        ({"classes": ["bank"]}, "writes_what_it_does_not_see"),
        ({"purposes": ["renewal"]}, "writes_what_it_does_not_see"),
    ],
)
def test_a_write_rule_that_says_too_much_is_refused(changes, rule):
    """Each with the name of the invariant."""
    with pytest.raises(MatrixInvalid) as refused:
        matrix_rules.validate(matrix.parse(document("sales_agent", MASKED, {**WRITE, **changes})))
    assert refused.value.params["rule"] == rule


def test_a_matrix_from_before_the_write_level_is_completed(tree):
    """Its rules stay, the new post comes, and posts that wrote by permission go on writing."""
    seed = matrix.from_yaml(matrix.seeded_text())
    data = document("service_agent", {**MASKED, **SERVICE})
    del data["posts"]["data_steward"]
    old = matrix.parse(data)
    made = matrix.completed(old, seed)
    assert next(rule for rule in made.rules if rule.post == "service_agent").scope.value == "team"
    assert made.version == seed.version
    assert "data_steward" in made.owners
    matrix_rules.validate(made)
    writes = {(rule.post, rule.classes) for rule in made.rules if rule.level is Level.WRITE}
    assert ("service_agent", (DataClass.IDENTITY, DataClass.CONTACT)) in writes


def test_the_installation_completes_it_once(tree):
    """At the start after the upgrade, with a leaf; at the next start nothing changes."""
    whole = matrix.from_yaml(matrix.seeded_text())
    text = matrix.seeded_text().replace("\nversion: 3", "\nversion: 1")
    assert text != matrix.seeded_text()
    publish_matrix(SYSTEM, text)
    count = MatrixVersion.objects.count()
    for _ in range(2):
        complete_matrix()
        assert MatrixVersion.objects.count() == count + 1
    snapshot.reload()
    assert MatrixVersion.objects.order_by("-id")[0].hash == whole.hash
