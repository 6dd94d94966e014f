"""What can go wrong with figures and their proof."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, Unavailable


class TargetUnknown(NotFound):
    code = "scorecard.target_unknown"
    sentence = _("There is no target %(target)s.")


class PeriodWrong(Invalid):
    code = "scorecard.period_wrong"
    sentence = _("The period must begin before it ends, and be given as year-month-day.")


class EvidenceInFuture(Invalid):
    code = "scorecard.evidence_in_future"
    sentence = _("The last day is %(last)s, which is not over yet. Evidence is of the past.")


class PackInFuture(Invalid):
    code = "scorecard.pack_in_future"
    sentence = _("The last day, %(last)s, lies in the future. A pack ends today at the latest.")


class TargetComputed(Conflict):
    code = "scorecard.target_computed"
    sentence = _(
        "%(target)s is counted by this installation from its own records; no other system can report it."
    )


class FigureWrong(Invalid):
    code = "scorecard.figure_wrong"
    sentence = _(
        "The figure does not fit: a share needs a part and a whole above zero, the part no larger "
        "than the whole; days, hours and counts need a value of zero or more."
    )


class FieldMissing(Invalid):
    code = "scorecard.field_missing"
    sentence = _("%(field)s is missing, too long, or holds what it must not.")


class PeriodTwice(Conflict):
    code = "scorecard.period_twice"
    sentence = _(
        "%(target)s already has evidence of this source for these days or some of them. To mend it, "
        "record a correction of row %(row)s with a reason."
    )


class CorrectionWrong(Conflict):
    code = "scorecard.correction_wrong"
    sentence = _("Row %(row)s cannot be corrected: it is not there, of another target, or done.")


class ReportUnknown(NotFound):
    code = "scorecard.report_unknown"
    sentence = _("There is no row %(row)s of outside evidence.")


class FormulaWrong(Invalid):
    code = "scorecard.formula_wrong"
    sentence = _("The formula cannot be read at character %(place)s.")


class FormulaEmpty(Invalid):
    code = "scorecard.formula_empty"
    sentence = _("The formula gives no figure: it divides by nothing.")


class FormulaNameUnknown(Invalid):
    code = "scorecard.formula_name_unknown"
    sentence = _("The formula names %(target)s, which is no target that can be read.")


class SigningKeyMissing(Unavailable):
    code = "scorecard.signing_key_missing"
    sentence = _(
        "This machine has no evidence.key, and packs of this installation are signed by one. Copy the "
        "file from a machine that has it into the data directory."
    )


class SigningKeyForeign(Unavailable):
    code = "scorecard.signing_key_foreign"
    sentence = _(
        "The evidence.key of this machine (%(here)s) is not the one that signs the installation's packs "
        "(%(known)s). Put the file of a machine that has it in its place."
    )


class FileWrong(Invalid):
    code = "scorecard.file_wrong"
    sentence = _("Line %(line)s of the file cannot be read: %(field)s.")
