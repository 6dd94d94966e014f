"""What is typed or kept and not guarded against customers' values, each with its reason.

The one list: `tests/walls/test_free_text.py` holds that whatever else can be typed is guarded, and
`tutela doctor` looks for values in every text column that is not named here.
"""

from typing import Final

_LOOKED_UP: Final = "compared with what there is; a text that names nothing is refused and not kept"
_SEARCH: Final = (
    "made for it: the value is compared by its keyed tag, and never kept or written in a link"
)
_SEALED: Final = (
    "made for it: sealed with its leaf; only whoever reads the trail opens it, with a leaf"
)
_HIDDEN: Final = "a secret: kept as a hash or sealed, never shown again"
_WORK: Final = "the work address of a member of staff, not a customer's"
_PATTERN: Final = "its pattern or its list leaves no room for a value"
_STAMPED: Final = "made by Tutela itself: ids, codes, hashes, counts and sealed bytes"

EXEMPT: Final[dict[str, str]] = {
    # Form fields, by room and class.
    "form vault.FindForm.value": _SEARCH,
    "form vault.RevealForm.reason": _SEALED,
    "form vault.RejectsForm.reason": _SEALED,
    "form vault.AssignForm.reason": _SEALED,
    "form vault.AssignForm.assignee": _LOOKED_UP,
    "form vault.AssignForm.work_item": "the number of a work item, compared by its keyed tag",
    "form vault.UndoForm.reason": _SEALED,
    "form notices.ChannelForm.address": _HIDDEN,
    "form programme.ReassignForm.person": _LOOKED_UP,
    "form access.StaffFilter.post": _LOOKED_UP,
    "form access.PasswordForm.password": _HIDDEN,
    "form access.PasswordForm.again": _HIDDEN,
    "form access.PasswordChange.oldpassword": _HIDDEN,
    "form access.PasswordChange.password1": _HIDDEN,
    "form access.PasswordChange.password2": _HIDDEN,
    "form access.SecondFactor.code": _HIDDEN,
    "form access.SecondFactorAgain.code": _HIDDEN,
    "form access.SecondFactorForm.code": _HIDDEN,
    "form console.TrailFilter.person": _LOOKED_UP,
    # Posted names that views read without a form.
    "post act": _PATTERN,
    "post after": _PATTERN,
    "post back": "an address inside Tutela, checked before it is followed",
    "post next": "an address inside Tutela, checked before it is followed",
    "post do": _PATTERN,
    "post group": _LOOKED_UP,
    "post language": _PATTERN,
    "post mark": _PATTERN,
    "post page": _PATTERN,
    "post place": _LOOKED_UP,
    "post purpose": _PATTERN,
    "post round": _PATTERN,
    "post shown": _PATTERN,
    "post to": _PATTERN,
    "post open": _PATTERN,
    # Strings of the API, by schema or place.
    "api FindIn.by": _LOOKED_UP,
    "api FindIn.value": _SEARCH,
    "api RecordIn.collection": _LOOKED_UP,
    "api RecordIn.branch": _LOOKED_UP,
    "api RevealIn.fields": _LOOKED_UP,
    "api RevealIn.work_item": "the number of a work item, compared by its keyed tag",
    "api RevealIn.reason": _SEALED,
    "api CustomerIn.work_item": "the number of a work item, compared by its keyed tag",
    "api RevealManyIn.fields": _LOOKED_UP,
    "api RevealManyIn.reason": _SEALED,
    "api ExplainIn.fields": _LOOKED_UP,
    "api ExplainIn.work_item": "the number of a work item, compared by its keyed tag",
    "api ImportIn.collection": _LOOKED_UP,
    "api ImportIn.mapping": _LOOKED_UP,
    "api ReportIn.target": _LOOKED_UP,
    "api ReportIn.file_hash": _PATTERN,
    "api TrailIn.person": _LOOKED_UP,
    "api ListIn.branch": _LOOKED_UP,
    # Words at the shell.
    "shell value": _SEARCH,
    "shell preview": _LOOKED_UP,
    "shell propose": _SEALED,
    "shell reason": "of a reveal: sealed; of evidence: guarded by its action",
    "shell work_item": "the number of a work item, compared by its keyed tag",
    "shell customer": _LOOKED_UP,
    "shell assignee": _LOOKED_UP,
    "shell login": _LOOKED_UP,
    "shell logins": _LOOKED_UP,
    "shell person": _LOOKED_UP,
    "shell machine": _LOOKED_UP,
    "shell mapping": _LOOKED_UP,
    # Texts that actions take.
    "action access/actions.source": "the network address of whoever sets a password",
    "action access/actions_attempts.text": _STAMPED,
    "action programme/actions/duties.duty": _LOOKED_UP,
    "action programme/actions/programme.code": _LOOKED_UP,
    "action programme/actions/tasks.person": _LOOKED_UP,
    "action vault/undo/actions.reason": _SEALED,
    "action programme/actions/traces.reason": "sealed with its leaf; its callers have asked the guard",
    "action assessment/actions/ratings.reason": "the programme's withdrawal asks the guard",
    "action assessment/actions/traces.note": "sealed; its callers have asked the guard",
    "action committee/actions/resolutions.minutes": "write_minutes asks the guard",
    "action vault/actions/work_items.source": _LOOKED_UP,
    "action vault/actions/destructions.reason": _SEALED,
    "action vault/actions/assignments.reason": _SEALED,
    "action vault/actions/assignments.assignee": _LOOKED_UP,
    "action vault/actions/assignments.work_item": "the number of a work item, compared by its keyed tag",
    "action vault/actions/held_rows.reason": _SEALED,
    "action vault/actions/moves.reason": _SEALED,
    "action vault/actions/sources.machine": _LOOKED_UP,
    "action notices/actions/channels.address": _HIDDEN,
    # Columns of tables, or whole tables, that hold texts.
    "column public.access_staff.email": _WORK,
    "column public.access_staff.login": _WORK,
    "column public.account_emailaddress": _WORK,
    "column public.django_session": "signed by the session's secret; holds ids and the last purpose",
    "column public.access_staff.password": _HIDDEN,
    "column public.access_api_key.hash": _HIDDEN,
    "column public.access_matrix_version.canonical": _STAMPED,
}
