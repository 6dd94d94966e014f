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


class TextMissing(Invalid):
    code = "documents.text_missing"
    sentence = _("The text is missing in %(language)s. Staff read it in both languages.")


class PlaceholderLeft(Invalid):
    code = "documents.placeholder_left"
    sentence = _("The text still holds the placeholder %(name)s. Fill it in.")


class ReviewDateWrong(Invalid):
    code = "documents.review_date_wrong"
    sentence = _("The review date must lie within %(days)s days from today.")


class FileUnfit(Invalid):
    code = "documents.file_unfit"
    sentence = _("The file must be a Word (.docx) or PDF file of at most %(megabytes)s MB.")
