"""The 24 rules are declared whole, and the tables keep alerts and settings as they were written."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from tutela.watch.rules import RULES


def test_the_rules_are_r1_to_r24():
    """No number twice, none missing, each with thresholds that admit their defaults."""
    assert [rule.number for rule in RULES.values()] == list(range(1, 25))
    for rule in RULES.values():
        for one in rule.thresholds:
            assert one.least <= one.default <= one.most, (rule.code, one.key)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("table", ["watch_alert", "watch_setting", "watch_mute", "watch_case"])
def test_the_application_takes_nothing_away(table):
    """Not even with its own role by SQL."""
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(f"DELETE FROM {table}")
