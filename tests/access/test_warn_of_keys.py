"""The doctor warns of API keys that end soon, while there is time to replace them."""

from datetime import timedelta

import pytest

from tests.access import cast
from tutela.access import checks
from tutela.access.actions.keys import create_api_key, revoke_api_key, rotate_api_key
from tutela.base import clock

pytestmark = pytest.mark.usefixtures("tree")


def test_a_key_that_ends_within_two_weeks_is_a_warning_until_it_is_replaced() -> None:
    """A replaced one is known to end; a revoked one has ended."""
    admin, partner = cast.hire("security_admin"), cast.hire("partner_service", "HQ")
    assert checks.access_keys().state == "good"
    soon = clock.now() + timedelta(days=5)
    key, _text = create_api_key(admin.actor, partner.staff, label="core", expires=soon)
    told = checks.access_keys()
    assert (told.state, partner.staff.login in told.mend) == ("warning", True)
    rotate_api_key(admin.actor, key.id, timedelta(hours=1))
    told = checks.access_keys()
    assert told.state == "warning", "the new one lives as long as the old one did"
    for one in partner.staff.api_keys.filter(replaced_by__isnull=True):
        revoke_api_key(admin.actor, one.id)
    assert checks.access_keys().state == "good"
