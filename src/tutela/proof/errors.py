"""Every refusal of this room, each with a code that never changes and the way to mend it.

The codes are those that the programme gave while files of proof belonged to it.
"""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, Unavailable


class AttachmentUnknown(NotFound):
    code = "governance.attachment_unknown"
    sentence = _("There is no such file.")


class ReasonMissing(Invalid):
    code = "governance.reason_missing"
    sentence = _(
        "A reason of at least %(letters)s characters is needed, for whoever reads it later."
    )


class EvidenceInFuture(Invalid):
    code = "governance.evidence_in_future"
    sentence = _("%(day)s has not come yet: proof cannot be dated in the future. Check the date.")


class ExpiryInvalid(Invalid):
    code = "governance.expiry_invalid"
    sentence = _("The file would expire on %(day)s, before the day it speaks of. Check the dates.")


class FileEmpty(Invalid):
    code = "governance.file_empty"
    sentence = _("The file is empty. Choose the right one.")


class FileTooLarge(Invalid):
    code = "governance.file_too_large"
    sentence = _("The file is larger than %(megabytes)s MB. Attach a smaller one or a part of it.")


class FileOtherwise(Invalid):
    code = "governance.file_otherwise"
    sentence = _(
        "The file is called .%(ending)s but is something else, so nobody could open it. "
        "Choose the right one, or give it its true name."
    )


class FileTwice(Conflict):
    code = "governance.file_twice"
    sentence = _("Exactly this file is attached here already.")


class FileWithdrawn(Conflict):
    code = "governance.file_withdrawn"
    sentence = _("This file is withdrawn already.")


class ProofNeeded(Conflict):
    code = "governance.proof_needed"
    sentence = _("This is the only proof. Attach the right file first, then withdraw this one.")


class FileDamaged(Unavailable):
    code = "governance.file_damaged"
    sentence = _(
        "The stored file %(attachment)s is not the one that was uploaded, so it is not handed out. "
        "Tell the security administrator."
    )
