"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class MeasureUnknown(NotFound):
    code = "governance.measure_unknown"
    sentence = _("There is no measure %(measure)s.")


class TargetUnknown(NotFound):
    code = "governance.target_unknown"
    sentence = _("There is no target %(target)s.")


class RuleUnknown(NotFound):
    code = "governance.rule_unknown"
    sentence = _("There is no such draft of a target, or it has been signed already.")


class OccurrenceUnknown(NotFound):
    code = "governance.occurrence_unknown"
    sentence = _("There is no such duty.")


class TaskUnknown(NotFound):
    code = "governance.task_unknown"
    sentence = _("There is no such task.")


class DayOutOfRange(Invalid):
    code = "governance.day_out_of_range"
    sentence = _("The year %(year)s is outside the years that can be planned. Check the date.")


class GoalInvalid(Invalid):
    code = "governance.goal_invalid"
    sentence = _("A goal is zero or more, and for a share at most 100. Check the number.")


class TargetLoosenedBackwards(Invalid):
    code = "governance.target_loosened_backwards"
    sentence = _(
        "A target cannot be loosened from %(starts)s, which is past: old periods keep the rule that "
        "applied to them. Let it start today or later."
    )


class TargetBackdated(Invalid):
    code = "governance.target_backdated"
    sentence = _(
        "A target cannot be changed from %(starts)s, which is past: old periods keep the rule that "
        "applied to them. Let it start today or later."
    )


class RuleTwice(Conflict):
    code = "governance.rule_twice"
    sentence = _("The target already has a rule that starts on %(starts)s. Choose another day.")


class SecondPersonMissing(NotAllowed):
    code = "governance.second_person_missing"
    sentence = _("Whoever drafted a target cannot sign it. Ask a second person to sign.")


class ProofMissing(Invalid):
    code = "governance.proof_missing"
    sentence = _(
        "Say where the proof is (a number, a place or a sentence), or attach a file to the duty first."
    )


class EvidenceTooEarly(Invalid):
    code = "governance.evidence_too_early"
    sentence = _(
        "%(day)s lies before this period, which begins on %(begins)s. Proof of an earlier period "
        "does not count for this one."
    )


class OccurrenceMissed(Conflict):
    code = "governance.occurrence_missed"
    sentence = _(
        "The last day was %(due)s, so this duty is missed and stays missed. Do the work now, and "
        "close the present period with it."
    )


class OccurrenceSettled(Conflict):
    code = "governance.occurrence_settled"
    sentence = _("This duty is settled already (%(state)s) and is not changed any more.")


class DutyUnknown(NotFound):
    code = "governance.duty_unknown"
    sentence = _("There is no duty %(duty)s.")


class DutyTwice(Conflict):
    code = "governance.duty_twice"
    sentence = _("There is a duty %(duty)s already. Choose another code.")


class DutyRetired(Conflict):
    code = "governance.duty_retired"
    sentence = _("The duty %(duty)s has ended already.")


class DutyCodeInvalid(Invalid):
    code = "governance.duty_code_invalid"
    sentence = _(
        "A duty's code has 2 to 40 small letters, digits and single hyphens, begins with a letter and "
        "has no long number. Choose another."
    )


class DutyNameInvalid(Invalid):
    code = "governance.duty_name_invalid"
    sentence = _("A duty needs a name in both languages, each of at most %(letters)s characters.")


class DutyTimesInvalid(Invalid):
    code = "governance.duty_times_invalid"
    sentence = _("Choose how often the duty comes, and 0 to %(days)s days of grace.")


class DutyBackdated(Invalid):
    code = "governance.duty_backdated"
    sentence = _("A duty cannot start on %(starts)s, which is past. Let it start today or later.")


class MoveRefused(Invalid):
    code = "governance.move_refused"
    sentence = _(
        "A duty moves to a later day than %(due)s, not before today and not after %(latest)s, the "
        "end of the next period."
    )


class NotYours(NotAllowed):
    code = "governance.not_yours"
    sentence = _(
        "This belongs to another department or post. Ask them, or whoever runs the programme."
    )


class DepartmentBusy(Conflict):
    code = "governance.department_busy"
    sentence = _(
        "The department %(department)s still owes something: measures %(measures)s, duties %(duties)s, "
        "open tasks %(tasks)s. Hand them over to another department first."
    )


class DepartmentInUse(Conflict):
    code = "governance.department_in_use"
    sentence = _(
        "People, closed tasks or other records still name the department %(department)s. "
        "Move the people first; what is closed keeps its department, so rename it instead."
    )


class DepartmentCodeInvalid(Invalid):
    code = "governance.department_code_invalid"
    sentence = _(
        "A department's code has 2 to %(letters)s small letters, digits and single underscores, begins "
        "with a letter and has no long number. Choose another."
    )


class DepartmentNameInvalid(Invalid):
    code = "governance.department_name_invalid"
    sentence = _(
        "A department needs a name in both languages, each on one line and of at most %(letters)s "
        "characters."
    )


class DepartmentTwice(Conflict):
    code = "governance.department_twice"
    sentence = _("There is a department %(department)s already. Choose another code.")


class DepartmentNameTaken(Conflict):
    code = "governance.department_name_taken"
    sentence = _(
        "The department %(department)s has this as its code or name already, and personnel files find "
        "departments by either. Choose another."
    )


class DepartmentNameSame(Conflict):
    code = "governance.department_name_same"
    sentence = _("The department has these names already. Change one, or leave it.")


class MonthsInvalid(Invalid):
    code = "governance.months_invalid"
    sentence = _("A measure stands between 1 and %(most)s months after the start.")


class OwnerMissing(Invalid):
    code = "governance.owner_missing"
    sentence = _("A task needs an owner: a department, a post or a person.")


class OwnerSame(Conflict):
    code = "governance.owner_same"
    sentence = _("The task belongs to them already. Choose another department, post or person.")


class PersonUnfit(Invalid):
    code = "governance.person_unfit"
    sentence = _(
        "Nobody who works on tasks has this sign-in name or staff number. Check it, or leave it empty."
    )


class TaskEnded(Conflict):
    code = "governance.task_ended"
    sentence = _("The task has ended and stays with whoever had it. Open it again first.")


class HeirSame(Invalid):
    code = "governance.heir_same"
    sentence = _("A department cannot hand its work over to itself. Choose another.")


class NothingToHandOver(Conflict):
    code = "governance.nothing_to_hand_over"
    sentence = _("The department %(department)s owes nothing: there is nothing to hand over.")


class TaskInvalid(Invalid):
    code = "governance.task_invalid"
    sentence = _(
        "A task needs a title of at most %(letters)s characters and a day by which it is due."
    )


class CommentEmpty(Invalid):
    code = "governance.comment_empty"
    sentence = _("Write something first; at most %(letters)s characters.")


class TaskMoveRefused(Conflict):
    code = "governance.task_move_refused"
    sentence = _("A task does not go from %(state)s to %(to)s. Load the page again.")
