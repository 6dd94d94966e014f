"""The leaf of each change holds what the change wrote: record, version, manifest hash, branch."""

from tests.vault.factories import make_customer, make_record, operator
from tutela.trail import queries as trail
from tutela.vault import anchors
from tutela.vault.actions.records import RecordEdit, change_record
from tutela.vault.queries import fetch


def _details(customer_id, event):
    found = trail.leaves(
        trail.LeafFilter(subject=("customer", str(customer_id)), event=event), limit=9
    )
    return [leaf.detail for leaf in found]


def _manifest(record_id):
    return bytes(
        fetch("SELECT manifest FROM vault.record WHERE record_id = %s", [record_id])[0][0]
    ).hex()


def test_a_new_customers_leaf_holds_its_manifest_and_branch(cast):
    """The customer's version begins at 1."""
    made = make_customer(cast.east)
    (detail,) = _details(made.customer_id, "vault.record.created")
    assert detail["record"] == str(made.record_id)
    assert (detail["version"], detail["manifest"]) == (1, _manifest(made.record_id))
    assert (detail["customer_version"], detail["branch"]) == (1, cast.east)


def test_a_change_and_a_further_record_hold_theirs(cast):
    """The opening of the keys leaves a leaf of its own before."""
    made = make_customer(cast.east)
    place = (made.customer_id, made.record_id)
    change_record(
        operator(), RecordEdit(*place, {"email": "b@example.com"}, version=1), "administration"
    )
    policy = make_record(made.customer_id, "policy", policy_number="P20240000031")
    (changed,) = _details(made.customer_id, "vault.record.changed")
    added = _details(made.customer_id, "vault.record.created")[0]
    assert (changed["version"], changed["manifest"]) == (2, _manifest(made.record_id))
    assert (added["record"], added["manifest"]) == (
        str(policy.record_id),
        _manifest(policy.record_id),
    )
    opened = {detail["record"] for detail in _details(made.customer_id, "vault.record.opened")}
    assert opened == {str(made.record_id), str(policy.record_id)}


def test_a_list_of_entries_fits_only_its_own_root():
    """Any order gives the same root; a changed byte another."""
    entries = [anchors.pack((bytes([n]) * 16, b"r" * 16), 1, b"m" * 32, (1, n)) for n in (3, 1, 2)]
    root, body = anchors.joined(entries)
    assert (root, body) == anchors.joined(reversed(entries))
    assert anchors.fits(root, body)
    assert not anchors.fits(root, body[:-1] + b"x")
    assert [entry.branch for entry in anchors.unpack(body)] == [1, 2, 3]
