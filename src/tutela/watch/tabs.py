"""Which tabs a reader finds on the pages of the watch."""

from typing import Any

from tutela.access import gate
from tutela.access.gate import StaffRequest

from . import permissions


def tabs(request: StaffRequest) -> dict[str, Any]:
    """What `watch/_tabs.html` asks."""
    return {
        "may_canaries": gate.holds(request.actor, permissions.CANARY_MANAGE),
        "may_settings": gate.holds(request.actor, permissions.SETTING_CHANGE),
    }
