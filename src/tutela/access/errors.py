"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


class PermissionMissing(NotAllowed):
    code = "access.permission_missing"
    sentence = _(
        "Your post does not include this function (%(permission)s). "
        "Ask the security administrator if your work needs it."
    )


class SignInNeeded(NotAllowed):
    code = "access.sign_in_needed"
    sentence = _("Sign in first.")
    http_status: ClassVar[int] = 401


class DataRefused(NotAllowed):
    """The root of all refusals of data; the codes below say which rule refused."""


class NoCell(DataRefused):
    code = "access.no_cell"
    sentence = _(
        "The permission matrix does not give your post this data for this purpose. "
        "Choose the purpose you really work for, or ask whose post it is."
    )


class OutOfScope(DataRefused):
    code = "access.out_of_scope"
    sentence = _(
        "This customer belongs to another branch or another person. "
        "Ask the customer's branch, or have the work item assigned to you."
    )


class OwnRecord(DataRefused):
    code = "access.own_record"
    sentence = _("This is your own customer record. Use the customer portal like any customer.")


class WorkItemMissing(DataRefused):
    code = "access.work_item_missing"
    sentence = _("Clear values need an open work item of this customer. State its number.")


class ChannelClosed(DataRefused):
    code = "access.channel_closed"
    sentence = _(
        "The permission matrix does not open this way out (list, export, print or API) "
        "for this data. Use the customer's page."
    )


class QuotaSpent(DataRefused):
    code = "access.quota_spent"
    sentence = _(
        "Your quota of clear values for today is spent. It starts anew tomorrow; "
        "your manager can ask for a higher one."
    )


class StepUpNeeded(DataRefused):
    code = "access.step_up_needed"
    sentence = _("This needs a sign-in with a second factor. Set one up and sign in again.")


class SecondPersonNeeded(DataRefused):
    code = "access.second_person_needed"
    sentence = _("This needs the consent of a second person, which has not been given.")


class AccountDisabled(DataRefused):
    code = "access.account_disabled"
    sentence = _("The account is disabled, or holds no post today. Ask the security administrator.")


class Stale(DataRefused):
    code = "access.stale"
    sentence = _(
        "It is not known whether the permissions are still current, so clear values are closed. "
        "Try again in a moment; if it stays, tell the system administrator."
    )


class GrantRefused(NotAllowed):
    code = "access.grant_refused"
    sentence = _("The grant was not made by the gate, is too old, or is for something else.")


class MatrixInvalid(Invalid):
    code = "access.matrix_invalid"
    sentence = _("The permission matrix breaks a rule: %(rule)s at %(place)s. Mend this place.")


class SignInFailed(NotAllowed):
    code = "access.sign_in_failed"
    sentence = _("Login, password or code is not right.")
    http_status: ClassVar[int] = 401


class SecondFactorMissing(NotAllowed):
    code = "access.second_factor_missing"
    sentence = _("This account needs the code of its second factor as well.")
    http_status: ClassVar[int] = 401


class SecondFactorNeeded(NotAllowed):
    code = "access.second_factor_needed"
    sentence = _(
        "Your post needs a second factor. Set it up at the console, then sign in with your login and its code."
    )


class SecondFactorUnreadable(Unavailable):
    code = "access.second_factor_unreadable"
    sentence = _(
        "The second factor of this account cannot be opened: the installation's session secret has "
        "changed. Put the old one back, or have the second factor removed and set up again."
    )


class TooManyAttempts(NotAllowed):
    code = "access.too_many_attempts"
    sentence = _("Too many failed sign-ins. Wait some minutes, then try again.")
    http_status: ClassVar[int] = 429


class KeyRefused(NotAllowed):
    code = "access.api_key_refused"
    sentence = _("The API key is not known, has expired or was revoked. Ask for a new one.")
    http_status: ClassVar[int] = 401


class LinkInvalid(NotAllowed):
    code = "access.link_invalid"
    sentence = _("The link has been used or is older than a day. Ask for a new one.")


class PasswordWeak(Invalid):
    code = "access.password_weak"
    sentence = _(
        "The password is too weak: at least 12 characters, not only digits, "
        "not a common one and not like your name."
    )


class StaffUnknown(NotFound):
    code = "access.staff_unknown"
    sentence = _("There is no such staff member.")


class ApiKeyUnknown(NotFound):
    code = "access.api_key_unknown"
    sentence = _("There is no such API key: %(key)s.")


class ApiKeyEnded(Conflict):
    code = "access.api_key_ended"
    sentence = _("This API key was revoked, has expired or was replaced already. Make a new one.")


class OverlapTooLong(Invalid):
    code = "access.overlap_too_long"
    sentence = _("The old key may work for at most %(days)s more days beside the new one.")


class BranchUnknown(NotFound):
    code = "access.branch_unknown"
    sentence = _("There is no branch with this code. Import the branches first.")


class DepartmentUnknown(NotFound):
    code = "access.department_unknown"
    sentence = _("There is no department with this code or name.")


class PostUnknown(NotFound):
    code = "access.post_unknown"
    sentence = _("There is no post with this code.")


class StaffExists(Conflict):
    code = "access.staff_exists"
    sentence = _("A staff member with this login or staff number exists already.")


class OwnRecordTaken(Conflict):
    code = "access.own_record_taken"
    sentence = _("This customer record is named as another staff member's own already.")


class AssignmentExists(Conflict):
    code = "access.assignment_exists"
    sentence = _("The person holds this post at this branch already.")


class PostsIncompatible(Conflict):
    code = "access.posts_incompatible"
    sentence = _(
        "One person may not hold the posts %(held)s and %(wanted)s. "
        "End the first or give the second to another person."
    )


class RowsInvalid(Invalid):
    code = "access.rows_invalid"
    sentence = _("Row %(row)s cannot be used: %(field)s. Mend the row and import again.")


class BranchLoop(Invalid):
    code = "access.branch_loop"
    sentence = _("Branch %(branch)s is its own parent, or its parent is missing.")


class LoginInvalid(Invalid):
    code = "access.login_invalid"
    sentence = _("A login has 2 to 80 small letters, digits and the signs . _ @ - only.")
