"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class DocumentUnknown(NotFound):
    code = "documents.document_unknown"
    sentence = _("There is no such document, or it is not published yet.")


class TemplateUnknown(NotFound):
    code = "documents.template_unknown"
    sentence = _("There is no policy with the code %(template)s.")


class DocumentExists(Conflict):
    code = "documents.document_exists"
    sentence = _("A document with the code %(document)s exists already. Draft its next version.")


class OpenVersionExists(Conflict):
    code = "documents.open_version_exists"
    sentence = _("Version %(version)s is not published yet. Finish it before drafting another.")


class StateWrong(Conflict):
    code = "documents.state_wrong"
    sentence = _(
        "The version is in the state %(state)s, so this cannot be done now. Load it again."
    )


class OwnDraft(NotAllowed):
    code = "documents.own_draft"
    sentence = _("You have drafted this version. Two other people must approve it.")


class ApprovedAlready(Conflict):
    code = "documents.approved_already"
    sentence = _("You have approved this version already. Another person must be the second.")


class ApprovalsMissing(Conflict):
    code = "documents.approvals_missing"
    sentence = _("%(have)s of %(need)s approvals are there. The version cannot be published yet.")


class AttestedAlready(Conflict):
    code = "documents.attested_already"
    sentence = _("You have confirmed this version already.")


class PersonNeeded(NotAllowed):
    code = "documents.person_needed"
    sentence = _("Only a person of the staff can draft, approve or confirm a document.")


class ReasonMissing(Invalid):
    code = "documents.reason_missing"
    sentence = _("Say in a sentence why the version is sent back.")


class CompanyMissing(Invalid):
    code = "documents.company_missing"
    sentence = _("Fill in the name of the company.")


class CodeUnfit(Invalid):
    code = "documents.code_unfit"
    sentence = _(
        "A code has 2 to 39 small letters, digits and hyphens, begins with a letter or digit and has"
        " no five digits in a row."
    )


class NameMissing(Invalid):
    code = "documents.name_missing"
    sentence = _("Give the document a name in both languages.")


class LineUnfit(Invalid):
    """`field` is the name of the form's field."""

    code = "documents.line_unfit"
    sentence = _(
        "This may have at most %(most)s characters and no control characters (line breaks, tabs and the like)."
    )


class TextUnfit(Invalid):
    """`field` is the name of the form's field."""

    code = "documents.text_unfit"
    sentence = _(
        "The text may have at most %(most)s characters and no control characters but line breaks and tabs."
    )


class TextMissing(Invalid):
    """`field` is the name of the form's field."""

    code = "documents.text_missing"
    sentence = _("The text is missing. Staff read the document in both languages.")


class ChineseMissing(TextMissing):
    sentence = _("The Chinese text is missing. Staff read the document in both languages.")


class EnglishMissing(TextMissing):
    sentence = _("The English text is missing. Staff read the document in both languages.")


class FileMissing(Invalid):
    code = "documents.file_missing"
    sentence = _("Choose the file of this version.")


class NotOpened(Conflict):
    code = "documents.not_opened"
    sentence = _(
        "You have not opened the file of this version yet. Open it, read it, then confirm."
    )


class SubmittedAlready(Conflict):
    code = "documents.submitted_already"
    sentence = _(
        "Version %(version)s has been handed in before, so its approvals are kept. Change the draft instead."
    )


class SubmittedAnew(Conflict):
    """What was read is not what waits now."""

    code = "documents.submitted_anew"
    sentence = _("The version was handed in anew meanwhile. Read it again before you approve.")


class NotYourDraft(NotAllowed):
    code = "documents.not_your_draft"
    sentence = _("A draft is thrown away by its drafter or by who publishes documents.")


class PlaceholderLeft(Invalid):
    code = "documents.placeholder_left"
    sentence = _("The text still holds the placeholder %(name)s. Fill it in.")


class ReviewDateWrong(Invalid):
    code = "documents.review_date_wrong"
    sentence = _("The review date must lie within %(days)s days from today.")


class FileUnfit(Invalid):
    code = "documents.file_unfit"
    sentence = _("The file must be a Word (.docx) or PDF file of at most %(megabytes)s MB.")


class FileBroken(Invalid):
    code = "documents.file_broken"
    sentence = _(
        "The file cannot be opened as %(kind)s: it is damaged or something else. Save it again and choose it anew."
    )
