"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class DocumentUnknown(NotFound):
    code = "documents.document_unknown"
    sentence = _("The document does not exist, or is not published yet.")


class TemplateUnknown(NotFound):
    code = "documents.template_unknown"
    sentence = _("No policy has the code %(template)s.")


class DocumentExists(Conflict):
    code = "documents.document_exists"
    sentence = _("A document with the code %(document)s already exists. Draft its next version.")


class OpenVersionExists(Conflict):
    code = "documents.open_version_exists"
    sentence = _("Version %(version)s is not published yet. Finish it before drafting another.")


class StateWrong(Conflict):
    code = "documents.state_wrong"
    sentence = _("The version is in state %(state)s; this is not possible now. Reload it.")


class OwnDraft(NotAllowed):
    code = "documents.own_draft"
    sentence = _("You drafted this version. Two other people must approve it.")


class ApprovedAlready(Conflict):
    code = "documents.approved_already"
    sentence = _(
        "You have already approved this version. The second approval must come from another person."
    )


class ApprovalsMissing(Conflict):
    code = "documents.approvals_missing"
    sentence = _(
        "%(have)s of %(need)s approvals have been given. The version cannot be published yet."
    )


class AttestedAlready(Conflict):
    code = "documents.attested_already"
    sentence = _("You have already confirmed this version.")


class PersonNeeded(NotAllowed):
    code = "documents.person_needed"
    sentence = _("Only staff members can draft, approve or confirm a document.")


class ReasonMissing(Invalid):
    code = "documents.reason_missing"
    sentence = _("State in one sentence why the version is returned.")


class CompanyMissing(Invalid):
    code = "documents.company_missing"
    sentence = _("Enter the company name.")


class CodeUnfit(Invalid):
    code = "documents.code_unfit"
    sentence = _(
        "A code has 2 to 39 lower-case letters, digits and hyphens, starts with a "
        "letter or digit and has no five digits in a row."
    )


class NameMissing(Invalid):
    code = "documents.name_missing"
    sentence = _("Enter the name of the document in both languages.")


class LineUnfit(Invalid):
    """`field` is the name of the form's field."""

    code = "documents.line_unfit"
    sentence = _(
        "Enter at most %(most)s characters, without control characters (line breaks, "
        "tabs and the like)."
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
        "You have not opened the file of this version yet. Open and read it, then confirm."
    )


class SubmittedAlready(Conflict):
    code = "documents.submitted_already"
    sentence = _(
        "Version %(version)s has been submitted before, so its approvals are kept. "
        "Edit the draft instead."
    )


class SubmittedAnew(Conflict):
    """What was read is not what waits now."""

    code = "documents.submitted_anew"
    sentence = _(
        "The version has been submitted again in the meantime. Read it again before you approve."
    )


class NotYourDraft(NotAllowed):
    code = "documents.not_your_draft"
    sentence = _("A draft can be discarded by its drafter or by someone who publishes documents.")


class PlaceholderLeft(Invalid):
    code = "documents.placeholder_left"
    sentence = _("The text still contains the placeholder %(name)s. Replace it.")


class ReviewDateWrong(Invalid):
    code = "documents.review_date_wrong"
    sentence = _("The review date must be within %(days)s days from today.")


class FileUnfit(Invalid):
    code = "documents.file_unfit"
    sentence = _("The file must be a Word (.docx) or PDF file of at most %(megabytes)s MB.")


class FileBroken(Invalid):
    code = "documents.file_broken"
    sentence = _(
        "The file cannot be opened as %(kind)s: it is damaged or has another format. "
        "Save it again and choose it again."
    )
