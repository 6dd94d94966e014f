"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class MeasureUnknown(NotFound):
    code = "governance.measure_unknown"
    sentence = _("Measure %(measure)s does not exist.")


class TargetUnknown(NotFound):
    code = "governance.target_unknown"
    sentence = _("Target %(target)s does not exist.")


class RuleUnknown(NotFound):
    code = "governance.rule_unknown"
    sentence = _("This target draft does not exist or has already been signed.")


class OccurrenceUnknown(NotFound):
    code = "governance.occurrence_unknown"
    sentence = _("The duty does not exist.")


class TargetEvidenceMissing(Conflict):
    code = "governance.target_evidence_missing"
    sentence = _(
        "The target %(target)s counts no evidence of this period, so its duty is not "
        "done yet. Record the evidence first; that closes the duty."
    )


class TaskUnknown(NotFound):
    code = "governance.task_unknown"
    sentence = _("The task does not exist.")


class DayOutOfRange(Invalid):
    code = "governance.day_out_of_range"
    sentence = _("The year %(year)s is outside the planning range. Check the date.")


class GoalInvalid(Invalid):
    code = "governance.goal_invalid"
    sentence = _("A goal must be zero or more, and for a percentage at most 100. Check the number.")


class TargetLoosenedBackwards(Invalid):
    code = "governance.target_loosened_backwards"
    sentence = _(
        "A target cannot be relaxed from %(starts)s, which is in the past: past "
        "periods keep the rule that applied to them. Choose today or later."
    )


class TargetBackdated(Invalid):
    code = "governance.target_backdated"
    sentence = _(
        "A target cannot be changed from %(starts)s, which is in the past: past "
        "periods keep the rule that applied to them. Choose today or later."
    )


class RuleTwice(Conflict):
    code = "governance.rule_twice"
    sentence = _("The target already has a rule that starts on %(starts)s. Choose another date.")


class SecondPersonMissing(NotAllowed):
    code = "governance.second_person_missing"
    sentence = _("The drafter of a target cannot sign it. Ask a second person to sign.")


class ProofMissing(Invalid):
    code = "governance.proof_missing"
    sentence = _(
        "State where the evidence is (a number, a location or a sentence), or attach a "
        "file to the duty first."
    )


class EvidenceTooEarly(Invalid):
    code = "governance.evidence_too_early"
    sentence = _(
        "%(day)s is before this period, which begins on %(begins)s. Evidence of an "
        "earlier period does not count for this one."
    )


class OccurrenceMissed(Conflict):
    code = "governance.occurrence_missed"
    sentence = _(
        "The deadline was %(due)s, so this duty is missed and remains missed. Do the "
        "work now, and use it to close the current period."
    )


class OccurrenceSettled(Conflict):
    code = "governance.occurrence_settled"
    sentence = _("This duty is already %(state)s and can no longer be changed.")


class DutyUnknown(NotFound):
    code = "governance.duty_unknown"
    sentence = _("Duty %(duty)s does not exist.")


class DutyTwice(Conflict):
    code = "governance.duty_twice"
    sentence = _("Duty %(duty)s already exists. Choose another code.")


class DutyRetired(Conflict):
    code = "governance.duty_retired"
    sentence = _("Duty %(duty)s has already ended.")


class DutyCodeInvalid(Invalid):
    code = "governance.duty_code_invalid"
    sentence = _(
        "A duty code has 2 to 40 lower-case letters, digits and single hyphens, starts "
        "with a letter and contains no long number. Choose another."
    )


class DutyNameInvalid(Invalid):
    code = "governance.duty_name_invalid"
    sentence = _("A duty needs a name in both languages, each of at most %(letters)s characters.")


class DutyTimesInvalid(Invalid):
    code = "governance.duty_times_invalid"
    sentence = _("Choose the frequency, and 0 to %(days)s days of grace.")


class DutyBackdated(Invalid):
    code = "governance.duty_backdated"
    sentence = _("A duty cannot start on %(starts)s, which is in the past. Choose today or later.")


class MoveRefused(Invalid):
    code = "governance.move_refused"
    sentence = _(
        "A duty can only be rescheduled to a date after %(due)s, not before today and "
        "not after %(latest)s, the end of the next period."
    )


class NotYours(NotAllowed):
    code = "governance.not_yours"
    sentence = _(
        "This belongs to another department or post. Contact them, or the programme manager."
    )


class DepartmentBusy(Conflict):
    code = "governance.department_busy"
    sentence = _(
        "The department %(department)s still has open work: measures %(measures)s, "
        "duties %(duties)s, open tasks %(tasks)s. Hand it over to another department "
        "first."
    )


class DepartmentInUse(Conflict):
    code = "governance.department_in_use"
    sentence = _(
        "People, closed tasks or other records still refer to the department "
        "%(department)s. Move the people first; closed items keep their department, so "
        "rename it instead."
    )


class DepartmentCodeInvalid(Invalid):
    code = "governance.department_code_invalid"
    sentence = _(
        "A department code has 2 to %(letters)s lower-case letters, digits and single "
        "underscores, starts with a letter and contains no long number. Choose another."
    )


class DepartmentNameInvalid(Invalid):
    code = "governance.department_name_invalid"
    sentence = _(
        "A department needs a name in both languages, each on one line and of at most %(letters)s "
        "characters."
    )


class DepartmentTwice(Conflict):
    code = "governance.department_twice"
    sentence = _("Department %(department)s already exists. Choose another code.")


class DepartmentNameTaken(Conflict):
    code = "governance.department_name_taken"
    sentence = _(
        "Department %(department)s already has this code or name, and personnel files "
        "identify departments by either. Choose another."
    )


class DepartmentNameSame(Conflict):
    code = "governance.department_name_same"
    sentence = _("The department already has these names. Change one, or do not rename.")


class MonthsInvalid(Invalid):
    code = "governance.months_invalid"
    sentence = _("A measure must be due between 1 and %(most)s months after the start.")


class OwnerMissing(Invalid):
    code = "governance.owner_missing"
    sentence = _("A task needs an owner: a department, a post or a person.")


class OwnerSame(Conflict):
    code = "governance.owner_same"
    sentence = _("The task already belongs to them. Choose another department, post or person.")


class PersonUnfit(Invalid):
    code = "governance.person_unfit"
    sentence = _(
        "Nobody who can work on tasks has this login or staff number. Check it, or leave it empty."
    )


class TaskEnded(Conflict):
    code = "governance.task_ended"
    sentence = _("The task is closed and keeps its owner. Reopen it first.")


class HeirSame(Invalid):
    code = "governance.heir_same"
    sentence = _("A department cannot hand its work over to itself. Choose another.")


class NothingToHandOver(Conflict):
    code = "governance.nothing_to_hand_over"
    sentence = _("The department %(department)s has no open work: there is nothing to hand over.")


class TaskInvalid(Invalid):
    code = "governance.task_invalid"
    sentence = _("A task needs a title of at most %(letters)s characters and a due date.")


class CommentEmpty(Invalid):
    code = "governance.comment_empty"
    sentence = _("Enter a comment of at most %(letters)s characters.")


class TaskMoveRefused(Conflict):
    code = "governance.task_move_refused"
    sentence = _("A task cannot change from %(state)s to %(to)s. Reload the page.")
