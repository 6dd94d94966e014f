"""The matrix: what it may say, its canonical form, and who may put it in force."""

from collections.abc import Callable

import pytest
import yaml

from tests.access import cast
from tutela.access import matrix, matrix_rules, snapshot
from tutela.access.actions.matrices import publish_matrix
from tutela.access.errors import MatrixInvalid, PermissionMissing
from tutela.access.models import MatrixVersion
from tutela.access.posts import DATALESS, POSTS
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail

CLEAR = {
    "classes": ["contact"],
    "purposes": ["service"],
    "level": "clear",
    "scope": "team",
    "channels": ["view"],
    "quota": 5,
    "work_item": True,
    "reason_en": "Because.",
    "reason_zh": "因为。",
    "review": "2027-01-31",
}
MASKED = {**CLEAR, "level": "masked", "quota": 0, "work_item": False}


def document(post: str = "service_agent", *rules: dict) -> dict:
    posts = {code: {"owner": "it", "rules": []} for code in POSTS}
    posts[post]["rules"] = list(rules)
    return {"version": 1, "posts": posts}


def broken(change: Callable[[dict], None], post: str = "service_agent") -> str:
    """The rule that refuses a document with one rule changed."""
    rule = dict(CLEAR)
    change(rule)
    with pytest.raises(MatrixInvalid) as refused:
        matrix_rules.validate(matrix.parse(document(post, rule)))
    return str(refused.value.params["rule"])


def test_the_seeded_matrix_keeps_every_invariant():
    """What ships with Tutela may be published."""
    matrix_rules.validate(matrix.from_yaml(matrix.seeded_text()))


@pytest.mark.parametrize(
    ("changes", "post", "rule"),
    [
        ({"classes": ["health"]}, "service_agent", "health_without_cause"),
        ({"channels": ["view", "export"]}, "service_agent", "export_without_second_person"),
        ({}, "auditor", "post_without_data_sees_data"),
        ({}, "system_admin", "post_without_data_sees_data"),
        ({}, "machine", "machine_account_clear"),
        ({"purposes": ["statistics"]}, "branch_manager", "purpose_never_clear"),
        ({"classes": ["credential"]}, "service_agent", "class_never_clear"),
        ({"quota": 0}, "service_agent", "clear_without_quota"),
        ({"work_item": False}, "service_agent", "clear_without_work_item_or_second_person"),
        ({"level": "masked"}, "service_agent", "masked_with_conditions_of_clear"),
        ({"purposes": ["claim", "marketing"]}, "sales_agent", "purpose_never_clear"),
        ({"purposes": ["claim", "audit"]}, "sales_agent", "incompatible_purposes"),
        ({"level": "none"}, "service_agent", "level_none"),
        ({"review": "soon"}, "service_agent", "not_a_date"),
        ({"classes": ["contact", "contact"]}, "service_agent", "named_twice"),
        ({"purposes": []}, "service_agent", "empty_list"),
        ({"scope": "galaxy"}, "service_agent", "unknown_word"),
        ({"reason_zh": "  "}, "service_agent", "blank_text"),
        ({"quota": -1}, "service_agent", "not_a_whole_number"),
        ({"work_item": "yes"}, "service_agent", "not_true_or_false"),
        ({"colour": "red"}, "service_agent", "unknown_key"),
    ],
)
def test_a_matrix_that_breaks_a_rule_is_refused(changes, post, rule):
    """Each invariant and each word is checked, and the refusal names the rule."""
    assert broken(lambda row: row.update(changes), post) == rule


def test_a_cell_in_two_rules_is_refused():
    """Which of two rules holds must never be a matter of order."""
    with pytest.raises(MatrixInvalid) as refused:
        matrix_rules.validate(matrix.parse(document("service_agent", CLEAR, MASKED)))
    assert refused.value.params == {"rule": "cell_twice", "place": "service_agent.2"}


def test_a_matrix_without_one_of_the_posts_is_refused():
    """A post that sees nothing is written down too."""
    data = document("service_agent", CLEAR)
    del data["posts"]["auditor"]
    with pytest.raises(MatrixInvalid, match="post_missing"):
        matrix_rules.validate(matrix.parse(data))


@pytest.mark.parametrize("text", ["", "[", "- a", "version: 1", "version: 1\nposts: {nobody: {}}"])
def test_junk_is_refused_with_a_place(text):
    """No trace back for what an officer mistypes."""
    with pytest.raises(MatrixInvalid) as refused:
        matrix.from_yaml(text)
    assert refused.value.params["place"]


def test_the_canonical_form_reads_back_as_the_same_matrix():
    """The database keeps the canonical text; nothing is lost in it."""
    seeded = matrix.from_yaml(matrix.seeded_text())
    assert matrix.from_canonical(seeded.canonical) == seeded


def test_order_and_layout_do_not_change_the_hash():
    """Two officers who say the same have the same hash."""
    data = yaml.safe_load(matrix.seeded_text())
    data["posts"] = dict(reversed(data["posts"].items()))
    for post in data["posts"].values():
        for rule in post["rules"]:
            rule["classes"].reverse()
    assert matrix.parse(data).hash == matrix.from_yaml(matrix.seeded_text()).hash


def test_no_administrator_and_no_trainer_has_a_cell():
    """Three administrators, as the level-protection scheme asks."""
    assert {"system_admin", "security_admin", "auditor", "hr_trainer"} == DATALESS
    seeded = matrix.from_yaml(matrix.seeded_text())
    assert not DATALESS & {post for post, _, _, _ in seeded.cells()}


def test_a_published_matrix_is_in_force_and_leaves_a_leaf(database):
    """The newest version decides, and the trail names its hash."""
    text = yaml.safe_dump(document("service_agent", CLEAR))
    made = publish_matrix(SYSTEM, text)
    assert snapshot.current().matrix == made.hash[:12]
    (leaf,) = trail.leaves(trail.LeafFilter(event="access.matrix.published"), limit=1)
    assert leaf.detail["matrix"] == made.hash


def test_the_same_matrix_again_changes_nothing(database):
    """Publishing is safe to repeat."""
    text = yaml.safe_dump(document("service_agent", MASKED))
    first = publish_matrix(SYSTEM, text)
    assert publish_matrix(SYSTEM, text) == first


def test_nobody_publishes_alone(database):
    """Not even the security administrator, before a second person can sign."""
    admin = cast.hire("security_admin")
    before = MatrixVersion.objects.count()
    with pytest.raises(PermissionMissing):
        publish_matrix(admin.actor, matrix.seeded_text())
    assert MatrixVersion.objects.count() == before
