"""Words for people: events of the trail, kinds of look, states. The codes stay beside them on the pages."""

from django.utils.translation import gettext_lazy as _

from tutela.trail.events import Event
from tutela.trail.leaves import Exposure

EVENTS = {
    Event.ACCESS_API_KEY_CREATED: _("API key made"),
    Event.ACCESS_API_KEY_REVOKED: _("API key revoked"),
    Event.ACCESS_ASSIGNMENT_CHANGED: _("Post given or ended"),
    Event.ACCESS_BRANCHES_IMPORTED: _("Branches imported"),
    Event.ACCESS_MATRIX_PUBLISHED: _("Permission matrix published"),
    Event.ACCESS_PASSWORD_LINK_CREATED: _("One-time password link made"),
    Event.ACCESS_PASSWORD_SET: _("Password set"),
    Event.ACCESS_REQUEST_REFUSED: _("Attempt refused"),
    Event.ACCESS_SECOND_FACTOR_ADDED: _("Second factor turned on"),
    Event.ACCESS_SECOND_FACTOR_REMOVED: _("Second factor turned off"),
    Event.ACCESS_SIGN_IN_FAILED: _("Sign-in failed"),
    Event.ACCESS_SIGN_IN_SUCCEEDED: _("Signed in"),
    Event.ACCESS_SIGN_OUT_DONE: _("Signed out"),
    Event.ACCESS_STAFF_CHANGED: _("Staff member changed"),
    Event.ACCESS_STAFF_CREATED: _("Staff member added"),
    Event.ACCESS_STAFF_DISABLED: _("Staff member disabled"),
    Event.ACCESS_STAFF_IMPORTED: _("Staff imported"),
    Event.ACCESS_STEP_UP_DONE: _("Confirmed with the second factor"),
    Event.GOVERNANCE_ASSESSMENT_CLOSED: _("Assessment closed"),
    Event.GOVERNANCE_ASSESSMENT_EXPORTED: _("Assessment report exported"),
    Event.GOVERNANCE_ASSESSMENT_OPENED: _("Assessment opened"),
    Event.GOVERNANCE_ASSESSMENT_RATED: _("Control rated"),
    Event.GOVERNANCE_ASSESSMENT_RETURNED: _("Assessment given back"),
    Event.GOVERNANCE_ASSESSMENT_SUBMITTED: _("Assessment handed in"),
    Event.GOVERNANCE_RISK_ACCEPTANCE_ENDED: _("Acceptance of a risk ended"),
    Event.GOVERNANCE_RISK_ACCEPTED: _("Risk accepted"),
    Event.GOVERNANCE_RISK_CHANGED: _("Risk changed"),
    Event.GOVERNANCE_RISK_REGISTERED: _("Risk registered"),
    Event.KEYS_INDEX_ROOT_CREATED: _("Index root made"),
    Event.KEYS_KEK_CREATED: _("Key-encryption key made"),
    Event.KEYS_KEK_REWRAPPED: _("Keys wrapped anew"),
    Event.KEYS_ROOT_KEY_CREATED: _("Root key made"),
    Event.KEYS_ROOT_KEY_LOCKED: _("Root key locked"),
    Event.KEYS_SIDE_ROOT_CREATED: _("Secret root made"),
    Event.TRAIL_LEAVES_EXPORTED: _("Access trail exported"),
    Event.TRAIL_LEAVES_SEARCHED: _("Access trail read"),
    Event.TRAIL_NOTE_OPENED: _("Stated reason opened"),
    Event.VAULT_CUSTOMER_CREATED: _("Customer added"),
    Event.VAULT_CUSTOMER_LISTED: _("Customers listed"),
    Event.VAULT_CUSTOMER_SEARCHED: _("Customer searched"),
    Event.VAULT_CUSTOMER_VIEWED: _("Customer page opened"),
    Event.VAULT_FIELD_REVEALED: _("Clear value shown"),
    Event.VAULT_HISTORY_VIEWED: _("Earlier versions viewed"),
    Event.VAULT_IMPORT_COMMITTED: _("Part of an import stored"),
    Event.VAULT_IMPORT_FAILED: _("Import failed"),
    Event.VAULT_IMPORT_FINISHED: _("Import finished"),
    Event.VAULT_IMPORT_INSPECTED: _("File inspected for import"),
    Event.VAULT_IMPORT_STARTED: _("Import started"),
    Event.VAULT_MAPPING_SAVED: _("Mapping saved"),
    Event.VAULT_RECORD_CHANGED: _("Record changed"),
    Event.VAULT_RECORD_CREATED: _("Record added"),
    Event.VAULT_REJECTS_OPENED: _("Rejected rows opened"),
    Event.VAULT_WORK_ITEM_IMPORTED: _("Work items imported"),
}

EXPOSURES = {
    Exposure.NONE: _("nothing shown"),
    Exposure.LIST_MASKED: _("masked, in a list"),
    Exposure.DETAIL_MASKED: _("masked"),
    Exposure.CLEAR: _("in clear"),
    Exposure.EXPORT: _("exported"),
    Exposure.PRINT: _("printed"),
    Exposure.WRITE: _("written"),
}


def event_name(event: str) -> str:
    """The words for an event; its code when it is one that this version does not know."""
    return str(EVENTS.get(Event(event), event)) if event in set(Event) else event
