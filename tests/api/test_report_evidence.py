"""Other systems report their figures through the API."""

from tutela.base import clock

YEAR = clock.today().year
REPORT = {
    "target": "trainings",
    "begins": f"{YEAR}-01-01",
    "ends": f"{YEAR}-01-02",
    "unit": "count",
    "value": 1,
    "source": "LMS",
    "signer": "Wang",
}


def test_a_report_counts_and_its_repetition_is_refused(stage):
    """The line of the scorecard has it, marked as from outside."""
    told = stage.machine.post("/scorecard/evidence", REPORT)
    assert told.status_code == 201, told.content
    lines = {line["target"]: line for line in stage.machine.get("/scorecard").json()["lines"]}
    assert (lines["trainings"]["value"], lines["trainings"]["outside_count"]) == (1.0, 1)
    again = stage.machine.post("/scorecard/evidence", REPORT)
    assert (again.status_code, again.json()["code"]) == (409, "scorecard.period_twice")


def test_the_same_key_reports_once(stage):
    """A repeated request gets the first answer."""
    body = REPORT | {"target": "leak-drill"}
    told = [
        stage.machine.post("/scorecard/evidence", body, HTTP_IDEMPOTENCY_KEY="drill-2026-01")
        for _ in range(2)
    ]
    assert [answer.status_code for answer in told] == [201, 201]
    assert told[0].json() == told[1].json()


def test_a_post_without_the_right_is_refused(stage):
    """A partner system reveals, and proves nothing."""
    told = stage.partner.post("/scorecard/evidence", REPORT | {"source": "other"})
    assert (told.status_code, told.json()["code"]) == (403, "access.permission_missing")
