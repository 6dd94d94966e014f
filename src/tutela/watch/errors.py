"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class RuleUnknown(NotFound):
    code = "watch.rule_unknown"
    sentence = _("There is no such rule.")


class ThresholdUnknown(Invalid):
    code = "watch.threshold_unknown"
    sentence = _("Rule %(rule)s has no setting %(key)s.")


class ThresholdOutOfRange(Invalid):
    code = "watch.threshold_out_of_range"
    sentence = _("%(key)s must be a whole number from %(least)s to %(most)s.")


class SettingUnchanged(Conflict):
    code = "watch.setting_unchanged"
    sentence = _("Nothing would change.")


class ShiftMalformed(Invalid):
    code = "watch.shift_malformed"
    sentence = _("Line %(line)s: %(why)s")


class RosterTooBig(Invalid):
    """`limit` in MiB."""

    code = "watch.roster_too_big"
    sentence = _("A roster has at most %(limit)s MiB.")


class VipNotOne(Invalid):
    code = "watch.vip_not_one"
    sentence = _("This does not name exactly one customer. Type a customer, policy or id number.")


class CustomerUnfit(Invalid):
    code = "watch.customer_unfit"
    sentence = _("There is no such customer.")


class CaseUnknown(NotFound):
    code = "watch.case_unknown"
    sentence = _("This case or alert does not exist.")


class CaseSettled(Conflict):
    code = "watch.case_settled"
    sentence = _("The case has been settled already.")


class CaseTaken(Conflict):
    code = "watch.case_taken"
    sentence = _("The case has been taken up already.")


class AlertInCase(Conflict):
    code = "watch.alert_in_case"
    sentence = _("The alert already belongs to a case.")


class OwnCase(NotAllowed):
    code = "watch.own_case"
    sentence = _("A case about yourself is handled by somebody else.")


class ApproversCase(NotAllowed):
    code = "watch.approvers_case"
    sentence = _(
        "This person approved something for you within 180 days; somebody else handles the case."
    )


class ReasonMissing(Invalid):
    code = "watch.reason_missing"
    sentence = _("Write the reason: at least 15 characters.")


class OutcomeUnknown(Invalid):
    code = "watch.outcome_unknown"
    sentence = _("Choose what was found.")


class PersonNeeded(NotAllowed):
    code = "watch.person_needed"
    sentence = _("Only staff members can do this.")


class NotAKeeper(NotFound):
    code = "watch.not_a_keeper"
    sentence = _("This page does not exist.")


class KeepersUnfit(Invalid):
    code = "watch.keepers_unfit"
    sentence = _("Name two different active people who may manage canary customers.")


class NothingWaits(Conflict):
    code = "watch.nothing_waits"
    sentence = _("Nothing waits for a second person.")


class SecondPersonMissing(Conflict):
    code = "watch.second_person_missing"
    sentence = _("Another person than the one who proposed it must confirm.")


class PatternUnfit(Invalid):
    code = "watch.pattern_unfit"
    sentence = _("Write letters, digits and at least %(least)s times # for a digit.")


class MachineUnfit(Invalid):
    code = "watch.machine_unfit"
    sentence = _("There is no active machine account of this login, or it is on the list already.")
