"""Scorecard and home without data: no figure, no green."""

from tests.access import cast
from tests.console.stage import browser, text


def test_an_empty_vault_is_no_data_and_not_green(database: str) -> None:
    """Nothing encrypted of nothing is not one hundred per cent."""
    client = browser(cast.hire("auditor").staff)
    line = (
        text(client.get("/scorecard/")).split('data-target="encryption-rate"')[1].split("</tr>")[0]
    )
    assert "暂无数据" in line
    assert "status-met" not in line
    assert "100 %</a>" not in line


def test_the_health_of_a_house_without_a_worker_is_bad(database: str) -> None:
    """Each line says its state and why; a missing worker is named."""
    client = browser(cast.hire("system_admin").staff)
    page = text(client.get("/"))
    assert 'data-check="worker" data-state="bad"' in page
    assert 'data-check="trail" data-state="good"' in page
