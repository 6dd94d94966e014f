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
        "The permission matrix does not grant your post this data for this purpose. "
        "Choose the purpose you are really working for, or ask a colleague whose post "
        "includes it."
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
        "The permission matrix does not allow this channel (list, export, print or "
        "API) for this data. Use the customer's page."
    )


class QuotaSpent(DataRefused):
    code = "access.quota_spent"
    sentence = _(
        "You have used your quota of clear values for today. It is renewed tomorrow; "
        "your manager can request a higher quota."
    )


class StepUpNeeded(DataRefused):
    code = "access.step_up_needed"
    sentence = _("This needs a sign-in with a second factor. Set one up and sign in again.")


class SecondPersonNeeded(DataRefused):
    code = "access.second_person_needed"
    sentence = _("This needs the approval of a second person, which has not been given.")


class AccountDisabled(DataRefused):
    code = "access.account_disabled"
    sentence = _("The account is disabled, or holds no post today. Ask the security administrator.")


class Stale(DataRefused):
    code = "access.stale"
    sentence = _(
        "The system cannot confirm that permissions are up to date, so clear values "
        "are closed. Try again in a moment; if it persists, tell the system "
        "administrator."
    )


class GrantRefused(NotAllowed):
    code = "access.grant_refused"
    sentence = _("The grant was not issued by the gate, has expired, or is for something else.")


class MatrixInvalid(Invalid):
    code = "access.matrix_invalid"
    sentence = _("The permission matrix breaks a rule: %(rule)s at %(place)s. Correct this place.")


class SignInFailed(NotAllowed):
    code = "access.sign_in_failed"
    sentence = _("Login, password or code is incorrect.")
    http_status: ClassVar[int] = 401


class SecondFactorMissing(NotAllowed):
    code = "access.second_factor_missing"
    sentence = _("This account also needs the code of its second factor.")
    http_status: ClassVar[int] = 401


class SecondFactorNeeded(NotAllowed):
    code = "access.second_factor_needed"
    sentence = _(
        "Your post needs a second factor. Set it up at the console, then sign in with your login and its code."
    )


class SecondFactorUnreadable(Unavailable):
    code = "access.second_factor_unreadable"
    sentence = _(
        "The second factor of this account cannot be read: the session secret of the "
        "installation has changed. Restore the old secret, or have the second factor "
        "removed and set up again."
    )


class TooManyAttempts(NotAllowed):
    code = "access.too_many_attempts"
    sentence = _("Too many failed sign-ins. Wait a few minutes, then try again.")
    http_status: ClassVar[int] = 429


class KeyRefused(NotAllowed):
    code = "access.api_key_refused"
    sentence = _("The API key is unknown, has expired or was revoked. Ask for a new one.")
    http_status: ClassVar[int] = 401


class LinkInvalid(NotAllowed):
    code = "access.link_invalid"
    sentence = _("The link has been used or is older than a day. Ask for a new one.")


class PasswordWeak(Invalid):
    code = "access.password_weak"
    sentence = _(
        "The password is too weak. Use at least 12 characters, not only digits, not a "
        "common password and not similar to your name."
    )


class StaffUnknown(NotFound):
    code = "access.staff_unknown"
    sentence = _("This staff member does not exist.")


class StaffAmbiguous(Invalid):
    """A name that several have, where one person is asked for."""

    code = "access.staff_ambiguous"
    sentence = _("%(count)s people match. Use the staff number.")


class TooManyReadings(NotAllowed):
    """One address reads more checkpoints and tiles than a monitor needs."""

    code = "access.too_many_readings"
    sentence = _("At most %(limit)s checkpoints and tiles a minute are read from one address.")
    http_status: ClassVar[int] = 429
    traced = False


class TooManyFilters(Invalid):
    """An account keeps enough filters of the trail."""

    code = "access.too_many_filters"
    sentence = _("You keep %(limit)s filters already. Remove one first.")


class ApiKeyUnknown(NotFound):
    code = "access.api_key_unknown"
    sentence = _("API key %(key)s does not exist.")


class ApiKeyEnded(Conflict):
    code = "access.api_key_ended"
    sentence = _("This API key was already revoked or replaced, or has expired. Create a new one.")


class OverlapTooLong(Invalid):
    code = "access.overlap_too_long"
    sentence = _("The old key can stay valid for at most %(days)s days beside the new one.")


class BranchUnknown(NotFound):
    code = "access.branch_unknown"
    sentence = _("No branch has this code. Import the branches first.")


class DepartmentUnknown(NotFound):
    code = "access.department_unknown"
    sentence = _("No department has this code or name.")


class PostUnknown(NotFound):
    code = "access.post_unknown"
    sentence = _("No post has this code.")


class StaffExists(Conflict):
    code = "access.staff_exists"
    sentence = _("A staff member with this login or staff number already exists.")


class OwnRecordTaken(Conflict):
    code = "access.own_record_taken"
    sentence = _("This customer record is already registered as another staff member's own record.")


class AssignmentExists(Conflict):
    code = "access.assignment_exists"
    sentence = _("The person already holds this post at this branch.")


class PostsIncompatible(Conflict):
    code = "access.posts_incompatible"
    sentence = _(
        "One person may not hold both posts %(held)s and %(wanted)s. End the first, or "
        "assign the second to another person."
    )


class RowsInvalid(Invalid):
    code = "access.rows_invalid"
    sentence = _("Row %(row)s cannot be used: %(field)s. Correct the row and import again.")


class OwnRow(Invalid):
    """`row`: of a personnel file, about the person who imports it."""

    code = "access.own_row"
    sentence = _(
        "Row %(row)s changes your own post or own customer record. Another administrator must import it."
    )


class BranchLoop(Invalid):
    code = "access.branch_loop"
    sentence = _("Branch %(branch)s is its own parent, or its parent is missing.")


class LoginInvalid(Invalid):
    code = "access.login_invalid"
    sentence = _("A login has 2 to 80 lower-case letters, digits and the characters . _ @ - only.")


class AccessUnknown(NotFound):
    code = "access.temporary_access_unknown"
    sentence = _("This temporary access does not exist.")


class AccessDecided(Conflict):
    code = "access.temporary_access_decided"
    sentence = _("This request has already been decided or withdrawn.")


class AccessTooLate(Conflict):
    code = "access.temporary_access_too_late"
    sentence = _("This request was not decided in time and has expired. It must be made again.")


class AccessEnded(Conflict):
    code = "access.temporary_access_ended"
    sentence = _("This temporary access has already ended.")


class ApprovedByYou(Conflict):
    code = "access.temporary_access_approved_by_you"
    sentence = _("You have already approved this request. Another person must be the second.")


class ApproverUnfit(NotAllowed):
    code = "access.temporary_access_approver_unfit"
    sentence = _(
        "You cannot decide on this request: the approver must be another person, of a post that neither the "
        "requester nor the first approver holds, and not led by the requester."
    )


class RequesterGone(Conflict):
    code = "access.temporary_access_requester_gone"
    sentence = _(
        "The requester's account is disabled, or their post no longer includes such requests."
    )


class AccessNotForPost(NotAllowed):
    code = "access.temporary_access_not_for_post"
    sentence = _("No post of yours can request access for this purpose.")


class BreakGlassNotForPost(NotAllowed):
    code = "access.break_glass_not_for_post"
    sentence = _(
        "The permission matrix names no post of yours for break-glass access for this purpose."
    )


class BreakGlassPaused(NotAllowed):
    code = "access.break_glass_paused"
    sentence = _(
        "Break-glass access is paused for your post: a review is overdue. Ask for temporary access, or have "
        "the review completed."
    )


class BreakGlassOpen(Conflict):
    code = "access.break_glass_open"
    sentence = _("You already have break-glass access. End it before you start another.")


class BreakGlassUntold(Unavailable):
    code = "access.break_glass_untold"
    sentence = _(
        "Break-glass access was not started: nobody could be notified of it. Ask for temporary access instead."
    )


class CodeWrong(Invalid):
    code = "access.second_factor_code_wrong"
    sentence = _("The verification code is incorrect or was already used.")


class ReviewUnfit(Conflict):
    code = "access.break_glass_review_unfit"
    sentence = _("This break-glass access is not waiting for a review.")


class CustomersTooMany(Invalid):
    code = "access.temporary_access_customers"
    sentence = _("Name at most %(most)s customers.")


class ClassNeverClear(Invalid):
    code = "access.temporary_access_class"
    sentence = _("Choose data classes; credentials and biometrics are never shown in clear.")


class PurposeNotForAccess(Invalid):
    code = "access.temporary_access_purpose"
    sentence = _("These data classes are never shown in clear for this purpose.")


class MinutesOutOfRange(Invalid):
    code = "access.temporary_access_minutes"
    sentence = _("The time must be between %(least)s and %(most)s minutes.")


class OwnAccount(NotAllowed):
    code = "access.own_account"
    sentence = _("Nobody does this to their own account. Ask another administrator.")


class LastAdministrator(Conflict):
    """`post`: the code of the post that nobody else holds."""

    code = "access.last_administrator"
    sentence = _(
        "This is the last active account of the post %(post)s. Give the post to another person first."
    )


class SessionUnknown(NotFound):
    code = "access.session_unknown"
    sentence = _("This session does not exist or has already ended.")


class ResetUnknown(NotFound):
    code = "access.reset_unknown"
    sentence = _("This reset does not exist.")


class ResetWaiting(Conflict):
    code = "access.reset_waiting"
    sentence = _("A reset of the same kind is already waiting for a second person.")


class ResetNotNeeded(Conflict):
    code = "access.reset_not_needed"
    sentence = _("The account has nothing of this kind to reset, or is disabled.")


class ResetDecided(Conflict):
    code = "access.reset_decided"
    sentence = _("This reset has been decided, or is older than a day. Propose it again.")


class ResetIsOwn(NotAllowed):
    code = "access.reset_is_own"
    sentence = _("You proposed this reset. A second administrator must confirm it.")


class ResetProposerGone(Conflict):
    code = "access.reset_proposer_gone"
    sentence = _(
        "Who proposed this reset may no longer propose it. Reject it; another administrator can propose it again."
    )


class ManyLeavers(Conflict):
    """`leavers` of `people` active accounts would be disabled."""

    code = "access.many_leavers"
    sentence = _(
        "This file would disable %(leavers)s of %(people)s active accounts. Nothing has been changed. "
        "If the file really lists all staff, confirm this number."
    )


class PreviewOutdated(Conflict):
    code = "access.preview_outdated"
    sentence = _(
        "Accounts have changed since the preview, so the file would now do something else. "
        "Look at the new preview."
    )
