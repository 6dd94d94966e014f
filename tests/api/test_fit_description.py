"""Every answer fits the description, whatever is sent: a bounded run of schemathesis over all verbs."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tutela.api import describe, urls
from tutela.wsgi import application

EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(describe.document())
SCHEMA.app = application
assert urls.VERBS
OPERATIONS = {
    found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if hasattr(found, "ok")
}


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_fit_the_description(stage, label):
    """No server error, only described statuses, types and shapes."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy())
    def run(case):
        case.headers.pop("Authorization", None)
        case.call_and_validate(
            headers={"Authorization": f"Bearer {stage.partner.key}", "Host": "localhost"},
            checks=CHECKS,
        )

    run()
