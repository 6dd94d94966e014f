"""What the pages of the assessment and the register take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.access.posts import POSTS
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.base.language import name_of
from tutela.proof.actions.attachments import Upload
from tutela.web.inputs import DayInput

from . import words
from .controls import CONTROLS, MEASURES
from .models import REASON_LETTERS
from .rules import LEAST_RETURN, SCALE, TYPED


class VerdictFilter(forms.Form):
    """Which controls of a year the page shows; the measure is chosen by its card."""

    measure = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((code, code) for code in MEASURES)],
        widget=forms.HiddenInput(),
    )
    verdict = forms.ChoiceField(
        label=_("Rating"),
        required=False,
        choices=[
            ("", _("All")),
            *((verdict.value or "unrated", word) for verdict, word in words.VERDICTS.items()),
        ],
    )


class YearForm(forms.Form):
    """The year to assess."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=9999)


class ReturnForm(forms.Form):
    """Why an assessment is given back."""

    reason = GuardedText(
        label=_("Reason"),
        min_length=LEAST_RETURN,
        max_length=REASON_LETTERS,
        help_text=_(
            "What remains to be done. It is shown on the assessment's page until it is "
            "submitted again."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(forms.Form):
    """What is said of a control that follows its reading."""

    note = GuardedText(
        required=False, label=_("Remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = GuardedText(
        required=False,
        label=_("Evidence"),
        help_text=_(
            "Where the evidence is: a document with its version, a record, a location. "
            "No customer data."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput())


class RatingForm(NoteForm):
    """A person's rating of a control."""

    verdict = forms.ChoiceField(
        label=_("Rating"),
        choices=[(v.value, words.VERDICTS[v]) for v in TYPED],
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose one of the four ratings.")},
    )
    field_order = ("verdict", "note", "evidence", "version")


RATING = "rating"
"""The id of the form of a rating on its page."""


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class _FilesField(GuardedFile):
    """One or more files; each is checked like a single one."""

    widget = _SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_FilesField, self).clean(upload, initial) for upload in data or [None]]


class ProofForm(forms.Form):
    """Files that prove a rating. Days hold for all that are sent together. The fields stand below the
    form of the rating and belong to it, so that whatever is pressed sends both."""

    use_required_attribute = False

    proofs = _FilesField(
        label=_("Files"),
        help_text=_(
            "You can choose several files of at most 20 MB each. They are encrypted on upload."
        ),
    )
    evidence_date = forms.DateField(
        label=_("Evidence date"),
        help_text=_("The date that the evidence refers to, not the upload date."),
        widget=DayInput(),
    )
    expires = forms.DateField(
        label=_("Expires on"),
        required=False,
        help_text=_(
            "The first day on which the evidence is no longer valid; leave "
            "empty if it does not expire."
        ),
        widget=DayInput(),
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        for field in self.fields.values():
            field.widget.attrs["form"] = RATING

    def uploads(self) -> list[Upload]:
        """The sent files; each is opened while it is kept."""
        values = self.cleaned_data
        return [
            Upload.of(sent, values["evidence_date"], values["expires"]) for sent in values["proofs"]
        ]


class RiskForm(forms.Form):
    """A risk as it shall stand on the register."""

    title = GuardedText(label=_("Risk in one line"), max_length=160)
    about = GuardedText(
        required=False,
        label=_("What could happen, and why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    likelihood = forms.TypedChoiceField(label=_("Likelihood"), coerce=int)
    impact = forms.TypedChoiceField(label=_("Impact"), coerce=int)
    treatment = forms.ChoiceField(label=_("Treatment"), choices=list(words.TREATMENTS.items()))
    plan = GuardedText(
        required=False,
        label=_("Treatment plan and due date"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ChoiceField(label=_("Owner (post)"))
    control = forms.ChoiceField(required=False, label=_("Related control"))

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self._offer("likelihood", [(n, f"{n} · {words.LIKELIHOODS[n - 1]}") for n in SCALE])
        self._offer("impact", [(n, f"{n} · {words.IMPACTS[n - 1]}") for n in SCALE])
        staff = [post for post in POSTS.values() if post.kind == "staff"]
        self._offer("owner", [(p.code, name_of(p)) for p in staff])
        controls = [(c.code, f"{c.code} {c.name()}") for c in CONTROLS.values()]
        self._offer("control", [("", _("none")), *controls])

    def _offer(self, field: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class AcceptForm(forms.Form):
    """Bear a risk until a day."""

    reason = GuardedText(
        label=_("Why the risk is acceptable"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(label=_("Until"), widget=DayInput())
