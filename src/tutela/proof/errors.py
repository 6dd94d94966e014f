"""Every refusal of this room, each with a code that never changes and the way to mend it.

The codes are those that the programme gave while files of proof belonged to it.
"""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, Unavailable


class AttachmentUnknown(NotFound):
    code = "governance.attachment_unknown"
    sentence = _("The file does not exist.")


class ReasonMissing(Invalid):
    code = "governance.reason_missing"
    sentence = _("Enter a reason of at least %(letters)s characters, for later readers.")


class EvidenceInFuture(Invalid):
    code = "governance.evidence_in_future"
    sentence = _("%(day)s is in the future: evidence cannot have a future date. Check the date.")


class ExpiryInvalid(Invalid):
    code = "governance.expiry_invalid"
    sentence = _(
        "The file would expire on %(day)s, before the date of the evidence. Check the dates."
    )


class FileEmpty(Invalid):
    code = "governance.file_empty"
    sentence = _("The file is empty. Choose the right one.")


class FileTooLarge(Invalid):
    code = "governance.file_too_large"
    sentence = _("The file is larger than %(megabytes)s MB. Attach a smaller file or a part of it.")


class FileOtherwise(Invalid):
    code = "governance.file_otherwise"
    sentence = _(
        "The file has the extension .%(ending)s but a different format, so it could "
        "not be opened. Choose the right file, or give it its correct extension."
    )


class FileTwice(Conflict):
    code = "governance.file_twice"
    sentence = _("This file is already attached here.")


class FileWithdrawn(Conflict):
    code = "governance.file_withdrawn"
    sentence = _("This file has already been withdrawn.")


class ProofNeeded(Conflict):
    code = "governance.proof_needed"
    sentence = _("This is the only evidence. Attach the right file first, then withdraw this one.")


class FileDamaged(Unavailable):
    code = "governance.file_damaged"
    sentence = _(
        "The stored file %(attachment)s differs from the one uploaded, so it is not "
        "delivered. Tell the security administrator."
    )
