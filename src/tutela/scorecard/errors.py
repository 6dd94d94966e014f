"""What can go wrong with figures and their proof."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, Unavailable


class TargetUnknown(NotFound):
    code = "scorecard.target_unknown"
    sentence = _("Target %(target)s does not exist.")


class PeriodWrong(Invalid):
    code = "scorecard.period_wrong"
    sentence = _("The period must begin before it ends, in the form year-month-day.")


class EvidenceInFuture(Invalid):
    code = "scorecard.evidence_in_future"
    sentence = _("The last day, %(last)s, is not over yet. Evidence can only cover past days.")


class PackInFuture(Invalid):
    code = "scorecard.pack_in_future"
    sentence = _("The last day, %(last)s, is in the future. A pack can end today at the latest.")


class PackUnknown(NotFound):
    code = "scorecard.pack_unknown"
    sentence = _("This evidence pack is not kept here.")


class PackDamaged(Unavailable):
    code = "scorecard.pack_damaged"
    sentence = _(
        "The kept evidence pack %(file_hash)s… is not what was handed over. Restore it from a "
        "backup, or create a new one."
    )


class TargetComputed(Conflict):
    code = "scorecard.target_computed"
    sentence = _(
        "%(target)s is computed by this installation from its own records; other "
        "systems cannot report it."
    )


class FigureWrong(Invalid):
    code = "scorecard.figure_wrong"
    sentence = _(
        "The figure is invalid: a percentage needs a numerator and a denominator above "
        "zero, with the numerator no larger than the denominator; days, hours and "
        "counts need a value of zero or more."
    )


class FieldMissing(Invalid):
    code = "scorecard.field_missing"
    sentence = _("%(field)s is missing, too long or contains invalid characters.")


class PeriodTwice(Conflict):
    code = "scorecard.period_twice"
    sentence = _(
        "%(target)s already has evidence from this source for all or some of these "
        "days. To change it, record a correction of row %(row)s with a reason."
    )


class CorrectionWrong(Conflict):
    code = "scorecard.correction_wrong"
    sentence = _(
        "Row %(row)s cannot be corrected: it does not exist, belongs to "
        "another target, or was already corrected."
    )


class ReportUnknown(NotFound):
    code = "scorecard.report_unknown"
    sentence = _("There is no row %(row)s in the external evidence.")


class FormulaWrong(Invalid):
    code = "scorecard.formula_wrong"
    sentence = _("The formula is invalid at character %(place)s.")


class FormulaEmpty(Invalid):
    code = "scorecard.formula_empty"
    sentence = _("The formula has no result: division by zero.")


class FormulaNameUnknown(Invalid):
    code = "scorecard.formula_name_unknown"
    sentence = _("The formula refers to %(target)s, which is not a readable target.")


class SigningKeyMissing(Unavailable):
    code = "scorecard.signing_key_missing"
    sentence = _(
        "This machine has no evidence.key, but this installation signs its packs with "
        "one. Copy the file from a machine that has it into the data directory."
    )


class SigningKeyForeign(Unavailable):
    code = "scorecard.signing_key_foreign"
    sentence = _(
        "The evidence.key of this machine (%(here)s) is not the one that signs the "
        "installation's packs (%(known)s). Replace it with the file of a machine that "
        "has the right key."
    )


class FileWrong(Invalid):
    code = "scorecard.file_wrong"
    sentence = _("Line %(line)s of the file is invalid: %(field)s.")
