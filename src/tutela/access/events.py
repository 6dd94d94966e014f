"""The events of people, rights and sign-in."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details, ocsf_kinds
from tutela.trail.details import CODE, COUNT, HASH, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_ENDING: Final = Detail("ending", CODE, _("How it ended"))
_MINUTES: Final = Detail("minutes", COUNT, _("Duration in minutes"))
_REVIEW: Final = Detail("review", CODE, _("Result of the review"))
_CELLS: Final = Detail("cells", COUNT, _("Cells of the matrix"))
_DEVICE: Final = Detail("device", HASH, _("Device"))
_EPOCH: Final = Detail("epoch", COUNT, _("Edition of the matrix"))
_ENDED_KEYS: Final = Detail("keys", COUNT, _("API keys ended"))
_ENDED_SESSIONS: Final = Detail("sessions", COUNT, _("Sessions ended"))
_FACTOR: Final = Detail("factor", CODE, _("Second factor"))
_KEY: Final = Detail("key", UUID_TEXT, _("Key"))
_MATRIX: Final = Detail("matrix", HASH, _("Matrix fingerprint"))
_PATH: Final = Detail("path", CODE, _("Page address"))
_PERMISSION: Final = Detail("permission", CODE, _("Permission"))
_RELEASED: Final = Detail("released", COUNT, _("Work items without an assignee"))
_RESET: Final = Detail("reset", UUID_TEXT, _("Reset"))
_STATUS: Final = Detail("status", COUNT, _("Status of the answer"))
_SUCCESSOR: Final = Detail("successor", UUID_TEXT, _("Replacement key"))
_VIEW: Final = Detail("view", CODE, _("Page function"))

_STAFF_DETAILS: Final = (
    details.TARGET_PERSON,
    details.POST,
    details.BRANCH,
    details.DEPARTMENT,
    details.FIELD,
    _KEY,
    _FACTOR,
    details.CREATED,
    details.CHANGED,
    details.REJECTED,
    details.UNTIL_MS,
    details.FILE_HASH,
    _DEVICE,
    _SUCCESSOR,
)
_ACCESS_DETAILS: Final = (
    details.REQUEST,
    details.TARGET_PERSON,
    details.POST,
    _MINUTES,
    details.UNTIL_MS,
    _ENDING,
    _REVIEW,
)
_LEAVER_DETAILS: Final = (*_STAFF_DETAILS, _ENDED_KEYS, _ENDED_SESSIONS, _RELEASED)
_RESET_DETAILS: Final = (*_STAFF_DETAILS, _RESET)
_MATRIX_DETAILS: Final = (_MATRIX, _EPOCH, details.VERSION, _CELLS)
_REQUEST_DETAILS: Final = (_PERMISSION, _PATH, _VIEW, details.TARGET_PERSON, _STATUS)

ACCOUNT_UNLOCKED: Final = EventSpec(
    "access.account.unlocked", _("Account unlocked"), _STAFF_DETAILS, ocsf=ocsf_kinds.ACCOUNT_UNLOCK
)
"""The counts of failed sign-ins of an account were cleared, so that it may sign in without a delay."""
API_KEY_CREATED: Final = EventSpec(
    "access.api_key.created", _("API key created"), _STAFF_DETAILS, ocsf=ocsf_kinds.ENTITY_CREATE
)
"""An API key was created for an account."""
API_KEY_REVOKED: Final = EventSpec(
    "access.api_key.revoked", _("API key revoked"), _STAFF_DETAILS, ocsf=ocsf_kinds.ENTITY_DELETE
)
"""An API key was revoked."""
API_KEY_ROTATED: Final = EventSpec(
    "access.api_key.rotated", _("API key replaced"), _STAFF_DETAILS, ocsf=ocsf_kinds.ENTITY_UPDATE
)
"""An API key was replaced; the leaf names both and the expiry of the old one."""
ASSIGNMENT_CHANGED: Final = EventSpec(
    "access.assignment.changed",
    _("Post assigned or ended"),
    _STAFF_DETAILS,
    ocsf=ocsf_kinds.PRIVILEGES_ASSIGN,
)
"""A post was assigned to a person or ended."""
BREAK_GLASS_ENDED: Final = EventSpec(
    "access.break_glass.ended",
    _("Break-glass access ended"),
    _ACCESS_DETAILS,
    ocsf=ocsf_kinds.PRIVILEGES_REVOKE,
)
"""Break-glass access ended: given back, ended by who watches over it, or by its clock."""
BREAK_GLASS_REVIEWED: Final = EventSpec(
    "access.break_glass.reviewed",
    _("Break-glass access reviewed"),
    _ACCESS_DETAILS,
    ocsf=ocsf_kinds.ENTITY_UPDATE,
)
"""A second person said whether break-glass access was justified."""
BREAK_GLASS_STARTED: Final = EventSpec(
    "access.break_glass.started",
    _("Break-glass access started"),
    _ACCESS_DETAILS,
    ocsf=ocsf_kinds.SESSION_ASSIGN,
)
"""A person took access at once, after a fresh second factor; the leaf holds the sealed reason."""
BRANCHES_IMPORTED: Final = EventSpec(
    "access.branches.imported", _("Branches imported"), _STAFF_DETAILS
)
"""Branches were added or changed from a file."""
DECISION_EXPLAINED: Final = EventSpec(
    "access.decision.explained", _("Permitted view queried"), _STAFF_DETAILS
)
"""A machine account queried what may be shown of a customer; nothing was shown."""
DEVICE_REMEMBERED: Final = EventSpec(
    "access.device.remembered", _("Device remembered"), _STAFF_DETAILS
)
"""A device was remembered after a complete sign-in; other people's failed attempts do not delay it."""
MATRIX_PUBLISHED: Final = EventSpec(
    "access.matrix.published",
    _("Permission matrix published"),
    _MATRIX_DETAILS,
    ocsf=ocsf_kinds.ENTITY_UPDATE,
)
"""A permission matrix came into force; the leaf holds its hash."""
PASSWORD_LINK_CREATED: Final = EventSpec(
    "access.password_link.created", _("One-time password link created"), _STAFF_DETAILS
)
"""A one-time link for setting a password was created."""
PASSWORD_SET: Final = EventSpec(
    "access.password.set", _("Password set"), _STAFF_DETAILS, ocsf=ocsf_kinds.PASSWORD_CHANGE
)
"""A person set a password."""
REQUEST_REFUSED: Final = EventSpec("access.request.refused", _("Access denied"), _REQUEST_DETAILS)
"""A page, call or command was refused; the leaf names the rule."""
RESET_CONFIRMED: Final = EventSpec(
    "access.reset.confirmed",
    _("Reset of a sign-in confirmed"),
    _RESET_DETAILS,
    ocsf=ocsf_kinds.PASSWORD_RESET,
)
"""A second administrator confirmed that a password or second factor is reset; the leaf names which."""
RESET_PROPOSED: Final = EventSpec(
    "access.reset.proposed", _("Reset of a sign-in proposed"), _RESET_DETAILS
)
"""An administrator proposed to reset a password or second factor; nothing has changed yet."""
RESET_REJECTED: Final = EventSpec(
    "access.reset.rejected", _("Reset of a sign-in rejected"), _RESET_DETAILS
)
"""A proposed reset was rejected or withdrawn."""
SECOND_FACTOR_ADDED: Final = EventSpec(
    "access.second_factor.added",
    _("Second factor turned on"),
    _STAFF_DETAILS,
    ocsf=ocsf_kinds.FACTOR_ENABLE,
)
"""A person turned a second factor on."""
SECOND_FACTOR_REMOVED: Final = EventSpec(
    "access.second_factor.removed",
    _("Second factor turned off"),
    _STAFF_DETAILS,
    ocsf=ocsf_kinds.FACTOR_DISABLE,
)
"""A person's second factor was turned off."""
SESSIONS_ENDED: Final = EventSpec(
    "access.sessions.ended",
    _("Sessions ended by an administrator"),
    _LEAVER_DETAILS,
    ocsf=ocsf_kinds.LOGOFF,
)
"""An administrator ended one or all sessions of an account; the leaf holds how many."""
SIGN_IN_DELAYED: Final = EventSpec(
    "access.sign_in.delayed", _("Sign-in delayed"), _STAFF_DETAILS, ocsf=ocsf_kinds.LOGON
)
"""After repeated wrong passwords or codes, further attempts are delayed; the leaf holds the seconds."""
SIGN_IN_FAILED: Final = EventSpec(
    "access.sign_in.failed", _("Sign-in failed"), _STAFF_DETAILS, ocsf=ocsf_kinds.LOGON
)
"""A sign-in or an API key was refused; the input is not stored."""
SIGN_IN_SUCCEEDED: Final = EventSpec(
    "access.sign_in.succeeded", _("Signed in"), _STAFF_DETAILS, ocsf=ocsf_kinds.LOGON
)
"""A person signed in."""
SIGN_OUT_DONE: Final = EventSpec(
    "access.sign_out.done", _("Signed out"), _STAFF_DETAILS, ocsf=ocsf_kinds.LOGOFF
)
"""A person signed out."""
STAFF_CHANGED: Final = EventSpec(
    "access.staff.changed", _("Staff member changed"), _STAFF_DETAILS, ocsf=ocsf_kinds.ACCOUNT_OTHER
)
"""An attribute of an account was changed; the leaf names it."""
STAFF_CREATED: Final = EventSpec(
    "access.staff.created", _("Staff member added"), _STAFF_DETAILS, ocsf=ocsf_kinds.ACCOUNT_CREATE
)
"""An account was created."""
STAFF_DISABLED: Final = EventSpec(
    "access.staff.disabled",
    _("Staff member disabled"),
    _LEAVER_DETAILS,
    ocsf=ocsf_kinds.ACCOUNT_DISABLE,
)
"""An account was disabled: its sessions and API keys ended, its open work items are without an assignee."""
STAFF_ENABLED: Final = EventSpec(
    "access.staff.enabled",
    _("Staff member enabled"),
    _STAFF_DETAILS,
    ocsf=ocsf_kinds.ACCOUNT_ENABLE,
)
"""A disabled account was enabled again; its old sessions and API keys stay ended."""
STAFF_IMPORTED: Final = EventSpec("access.staff.imported", _("Staff imported"), _STAFF_DETAILS)
"""Accounts were added or changed from a file."""
TEMPORARY_ACCESS_APPROVED: Final = EventSpec(
    "access.temporary_access.approved",
    _("Temporary access approved"),
    _ACCESS_DETAILS,
    ocsf=ocsf_kinds.SESSION_ASSIGN,
)
"""A second person approved temporary access; with the last approval its clock began."""
TEMPORARY_ACCESS_ENDED: Final = EventSpec(
    "access.temporary_access.ended",
    _("Temporary access ended"),
    _ACCESS_DETAILS,
    ocsf=ocsf_kinds.PRIVILEGES_REVOKE,
)
"""A request or an access ended: refused, withdrawn, not decided in time, given back, ended, or by its clock."""
TEMPORARY_ACCESS_REQUESTED: Final = EventSpec(
    "access.temporary_access.requested", _("Temporary access requested"), _ACCESS_DETAILS
)
"""A person asked for access beyond the matrix for a while; the leaf holds the sealed reason."""
