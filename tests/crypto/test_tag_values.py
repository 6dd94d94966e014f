"""Blind-index tags."""

import pytest

from tutela.crypto.blind import IndexKeys
from tutela.crypto.suites import Suite

ROOT = bytes([7]) * 32


@pytest.fixture
def index(suite):
    return IndexKeys(ROOT, 1, suite)


def test_equal_values_have_equal_tags(index, suite):
    """On another machine with the same root, too."""
    assert index.tag64(1, 2, "张三") == IndexKeys(ROOT, 1, suite).tag64(1, 2, "张三")
    assert index.tag128(1, 2, "张三") == IndexKeys(ROOT, 1, suite).tag128(1, 2, "张三")


def test_field_transform_version_root_and_suite_part_the_tags(index, suite):
    """No two columns can be joined by their tags."""
    tags = [
        index.tag64(1, 2, "x"),
        index.tag64(2, 2, "x"),
        index.tag64(1, 3, "x"),
        index.tag64(1, 2, "y"),
        IndexKeys(ROOT, 2, suite).tag64(1, 2, "x"),
        IndexKeys(bytes(32), 1, suite).tag64(1, 2, "x"),
        IndexKeys(ROOT, 1, Suite(3 - suite)).tag64(1, 2, "x"),
    ]
    assert len(set(tags)) == len(tags)


def test_the_batch_gives_what_single_calls_give(index):
    """In the order of the values, duplicates kept."""
    names = ["张三", "李四", "张三", ""]
    assert index.tags64(1, 2, names) == [index.tag64(1, 2, name) for name in names]


def test_search_tags_fit_a_signed_64_bit_column(index):
    """Both halves of the range occur."""
    tags = index.tags64(1, 2, [str(number) for number in range(500)])
    assert all(-(2**63) <= tag < 2**63 for tag in tags)
    assert min(tags) < 0 < max(tags)


def test_uniqueness_tags_are_no_longer_search_tags(index):
    """They have a key of their own."""
    search = index.tag64(1, 2, "x").to_bytes(8, "big", signed=True)
    assert len(index.tag128(1, 2, "x")) == 16
    assert index.tag128(1, 2, "x")[:8] != search
