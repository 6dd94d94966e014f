"""UUIDv7 as the database likes them: rising, unique, of version 7."""

from concurrent.futures import ThreadPoolExecutor

from tutela.base import ids


def test_ids_rise_within_a_process():
    """An index grows at its right edge."""
    made = [*ids.uuid7s(5000), ids.uuid7(), *ids.uuid7s(5000)]
    assert made == sorted(made)


def test_ids_of_many_threads_are_all_different():
    """No two threads claim the same place."""
    with ThreadPoolExecutor(8) as pool:
        made = [one for batch in pool.map(ids.uuid7s, [2000] * 16) for one in batch]
    assert len(set(made)) == 32_000


def test_version_and_variant_are_those_of_rfc_9562():
    """Other programs read the time from them."""
    assert all(
        one.version == 7 and one.variant.startswith("specified in RFC") for one in ids.uuid7s(100)
    )
