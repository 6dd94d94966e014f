"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound


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


class CustomerUnfit(Invalid):
    code = "watch.customer_unfit"
    sentence = _("There is no such customer.")
