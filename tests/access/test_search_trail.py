"""Reading the trail is asked of the gate and is itself traced."""

import pytest

from tests.access import cast
from tutela.access import errors, sign_in
from tutela.access.actions.people import NewStaff, create_staff
from tutela.access.trail_search import search_leaves
from tutela.trail import queries as trail


def test_an_auditor_finds_what_somebody_did_and_leaves_a_leaf(tree):
    """The search itself is the newest leaf, and names whom it was about."""
    auditor, admin = cast.hire("auditor"), cast.hire("security_admin")
    new = NewStaff(staff_no="T1", login="t.one", name="Test", post="hr_trainer")
    made = create_staff(admin.actor, new)
    found = search_leaves(auditor.actor, trail.LeafFilter(actor_id=admin.actor.id))
    assert ("staff", str(made.id)) in found[0].subjects
    (own,) = trail.leaves(trail.LeafFilter(actor_id=auditor.actor.id))
    assert (own.event, own.detail["target"]) == ("trail.leaves.searched", admin.actor.id)


@pytest.mark.parametrize("post", ["system_admin", "security_admin", "branch_manager"])
def test_others_may_not_read_the_trail(tree, post):
    """The three administrators are apart."""
    with pytest.raises(errors.PermissionMissing):
        search_leaves(cast.hire(post, "HQ").actor)


@pytest.mark.parametrize("word", ["13800138000", "x' OR '1'='1"])
def test_a_word_that_is_no_id_finds_nothing_and_is_not_kept(tree, word):
    """A customer's number typed into the wrong box must not enter the log."""
    auditor = cast.hire("auditor").actor
    assert search_leaves(auditor, trail.LeafFilter(actor_id=word)) == []
    assert search_leaves(auditor, trail.LeafFilter(subject=("customer", word))) == []
    assert word not in repr(trail.leaves(trail.LeafFilter(actor_id=auditor.id)))


def test_the_host_account_may_read_the_trail(database):
    """It holds no value, and the host's operator must see what imports did."""
    assert search_leaves(sign_in.local_operator(), limit=1)
