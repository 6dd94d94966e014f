"""The golden vectors: what must open opens, what must not does not."""

import pytest

from tests.crypto import independent, write_vectors
from tests.crypto.vectors import FOLDER, both, kek_of, load, name_of, raw, row_of
from tutela.crypto import blind, context, envelope, hierarchy, merkle, secretbox
from tutela.crypto.errors import DecryptFailed
from tutela.crypto.sealing import Places, bundle_place, field_place
from tutela.crypto.suites import Suite
from tutela.crypto.values import decode

ENVELOPES, WRONG_ENVELOPES = (both("envelope.json", part) for part in ("must_pass", "must_fail"))
MANIFESTS, WRONG_MANIFESTS = (both("manifest.json", part) for part in ("must_pass", "must_fail"))


def open_one(vector):
    """Open an envelope of the vectors as the kind it claims to be."""
    blob = bytes.fromhex(vector["envelope"])
    if vector["kind"] == "bundle":
        return row_of(vector).open_bundle(vector["data_class"], blob)
    return row_of(vector).open(vector["data_class"], vector["field"], blob)


def open_box(vector):
    """Open a wrap of the vectors."""
    blob = bytes.fromhex(vector["blob"])
    match vector["kind"]:
        case "root":
            return kek_of(vector).unwrap_root(*raw(vector, "customer"), vector["generation"], blob)
        case "secret":
            return kek_of(vector).unwrap_secret(vector["label"], blob)
        case "under-root":
            return hierarchy.unwrap_with_root(*raw(vector, "key"), vector["label"], blob)
        case "small":
            return secretbox.open_with(*raw(vector, "key"), vector["label"], blob)
    return hierarchy.unlock(*raw(vector, "passphrase"), blob)


@pytest.mark.parametrize("vector", ENVELOPES, ids=name_of)
def test_a_right_envelope_opens_to_its_value(vector):
    """Fields give the value of their canonical bytes."""
    if vector["kind"] == "field":
        assert open_one(vector) == decode(bytes.fromhex(vector["plain"]))


@pytest.mark.parametrize("vector", ENVELOPES, ids=name_of)
def test_a_right_bundle_opens_to_its_fields(vector):
    """Bundles give every field with its type."""
    if vector["kind"] == "bundle":
        plain = bytes.fromhex(vector["plain"])
        assert independent_bundle(open_one(vector)) == plain


def independent_bundle(values):
    """A bundle's clear text again, by the other implementation."""
    from tutela.crypto.values import encode

    return write_vectors.bundle(*((field, encode(value)) for field, value in values.items()))


@pytest.mark.parametrize("vector", WRONG_ENVELOPES, ids=name_of)
def test_a_wrong_envelope_does_not_open(vector):
    """One error, and one message, for every cause."""
    with pytest.raises(DecryptFailed) as failure:
        open_one(vector)
    assert str(failure.value) == "decrypt-failed"


@pytest.mark.parametrize("vector", ENVELOPES, ids=name_of)
def test_the_associated_data_is_that_of_the_vectors(vector):
    """One encoder, one golden file."""
    installation, customer, record, blob = raw(
        vector, "installation", "customer", "record", "envelope"
    )
    collection, field = vector["collection"], vector["field"]
    if envelope.parse(blob).version == envelope.ALONE:
        aad = context.encode(
            blob[:8], context.Cell(installation, customer, collection, field, record, 0)
        )
    else:
        aad = context.whole_start(installation, customer) + context.whole_ids(collection, record)
        aad += context.whole_tail(blob[:8], field, vector["data_class"])
    assert aad.hex() == vector["aad"]
    assert envelope.parse(blob).generation == vector["generation"]


@pytest.mark.parametrize("vector", MANIFESTS, ids=name_of)
def test_a_right_manifest_is_accepted(vector):
    """The manifest covers ids, version and every envelope."""
    cells = {int(field): bytes.fromhex(cell) for field, cell in vector["cells"].items()}
    row_of(vector).check_manifest(vector["version"], cells, *raw(vector, "mac"))


@pytest.mark.parametrize("vector", WRONG_MANIFESTS, ids=name_of)
def test_a_wrong_manifest_is_refused(vector):
    """Roll-back, deletion, addition and moving are all seen."""
    cells = {int(field): bytes.fromhex(cell) for field, cell in vector["cells"].items()}
    with pytest.raises(DecryptFailed):
        row_of(vector).check_manifest(vector["version"], cells, *raw(vector, "mac"))


@pytest.mark.parametrize("vector", load("wrap.json", "must_pass"), ids=name_of)
def test_a_right_wrap_opens(vector):
    """Customer roots, side roots, KEKs, small and locked secrets."""
    assert open_box(vector).hex() == vector["secret"]


@pytest.mark.parametrize("vector", load("wrap.json", "must_fail"), ids=name_of)
def test_a_wrong_wrap_does_not_open(vector):
    """Every header field and every id matters; costs are bounded on reading."""
    with pytest.raises(DecryptFailed):
        open_box(vector)


@pytest.mark.parametrize("vector", load("blind.json", "must_pass"))
def test_tags_are_those_of_the_vectors(vector):
    """Search and uniqueness tags, both suites."""
    keys = blind.IndexKeys(*raw(vector, "root"), vector["version"], Suite(vector["suite"]))
    asked = (vector["field"], vector["transform"], vector["normalised"])
    assert keys.tag64(*asked) == vector["tag64"]
    assert keys.tag128(*asked).hex() == vector["tag128"]


@pytest.mark.parametrize("vector", load("merkle.json", "must_pass"))
def test_tree_heads_are_those_of_the_vectors(vector):
    """The classic leaves of Certificate Transparency."""
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in vector["leaves"]]
    assert merkle.root(leaves).hex() == vector["root"]


def test_commitments_are_those_of_the_vectors():
    """A commitment is stored on the key row, so its bytes are fixed too."""
    for vector in load("wrap.json", "must_pass"):
        if "commitment" in vector:
            root, customer, stored = raw(vector, "secret", "customer", "commitment")
            suite = Suite(vector["suite"])
            hierarchy.check_commitment(root, customer, vector["generation"], suite, stored)


def test_the_files_are_what_the_independent_implementation_writes():
    """Nobody edits a vector by hand, and no change of the writer goes unseen."""
    for name, vectors in write_vectors.files().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == write_vectors.shown(vectors)


def test_a_whole_record_the_independent_implementation_makes_too(row, suite):
    """Our fresh cells and manifest, made again from their nonces: a padded field, and a bundle of another class."""
    ids = (suite, bytes([1]) * 32, 1, bytes([3]) * 16, bytes([2]) * 16, 1, bytes([4]) * 16)
    plains = [b"\x01ab\x80" + bytes(12), write_vectors.BUNDLES["bundle"]]
    places = Places([field_place(5, 41, padded=True), bundle_place(6)])
    cells, body, manifest = row.seal_record(3, places, plains)
    field, bundle = independent.WholePlace(*ids, 5, 41), independent.WholePlace(*ids, 6, 0x8006)
    assert cells[0] == field.seal(1, cells[0][8:20], plains[0])
    assert cells[1] == bundle.seal(2, cells[1][8:20], plains[1])
    assert manifest == field.manifest(3, {41: cells[0], 0x8006: cells[1]})
    assert body == independent.parts(*cells)


def test_what_we_seal_the_independent_implementation_makes_too(row, suite):
    """The other direction: our fresh envelope, made again from its own nonce."""
    blob = row.seal(5, 41, "张三")
    place = independent.Place(
        suite, bytes([1]) * 32, 1, bytes([3]) * 16, bytes([2]) * 16, 1, bytes([4]) * 16, 5, 41
    )
    assert place.seal(0, blob[8:20], b"\x01" + "张三".encode()) == blob
