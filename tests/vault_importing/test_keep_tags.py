"""Search tags stand in their table and in their record: both say the same, also after a change."""

from tests.vault_importing.conftest import Insurer
from tutela.vault.queries import fetch

DIFFER = """
    SELECT count(*) FROM vault.record r WHERE (SELECT coalesce(array_agg(old ORDER BY old), '{}')
        FROM unnest(r.tags) AS old) IS DISTINCT FROM (SELECT coalesce(array_agg(t.tag ORDER BY t.tag), '{}')
        FROM vault.tag t WHERE t.customer_id = r.customer_id AND t.record_id = r.record_id)"""
FIRST = "客户号,姓名,手机号\nT1,欧阳测试,13800000001\nT2,上官测试,13800000002\n"
SECOND = "客户号,姓名,手机号\nT1,欧阳测试,13800000003\nT2,上官测试,\n"


def test_the_tags_of_a_record_are_those_of_the_table(insurer: Insurer):
    """Else a change would leave an old tag behind, and the old number would still find somebody."""
    assert insurer.bring_in(FIRST.encode()).created == 2
    assert fetch(DIFFER, ()) == [(0,)]
    assert insurer.bring_in(SECOND.encode(), clears=["phone"]).changed == 2
    assert fetch(DIFFER, ()) == [(0,)]
