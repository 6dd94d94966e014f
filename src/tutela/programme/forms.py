"""What the pages of the programme take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Department
from tutela.access.posts import POSTS
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.base.language import name_of
from tutela.proof.actions.attachments import Upload
from tutela.web.inputs import DayInput

from .models import Measure, Task
from .rules import CODE_LETTERS, DEPARTMENT_LETTERS
from .words import CADENCES


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = DayInput()
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class StartForm(forms.Form):
    """The day the programme starts."""

    starts = _day(_("Programme start"))


class MeasureForm(forms.Form):
    """Who owes a measure by when."""

    department = GuardedText(label=_("Department"), widget=forms.Select())
    months = forms.IntegerField(label=_("Months after the start"), min_value=1, max_value=120)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["department"].widget.choices = _departments()


class GoalForm(forms.Form):
    """Another goal, drafted for a second person's signature."""

    goal = forms.DecimalField(label=_("Goal"), min_value=0, max_digits=9, decimal_places=2)
    starts = _day(_("Effective from"), help_text=_("Today or later: past periods keep their rule."))
    reason = GuardedText(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class OwnerForm(forms.Form):
    """Who owes a duty, with how much grace."""

    department = GuardedText(label=_("Department"), widget=forms.Select())
    post = GuardedText(
        label=_("Post"),
        required=False,
        widget=forms.Select(),
        help_text=_(
            "If a post is set, only its holders can close the duty; otherwise "
            "the whole department can."
        ),
    )
    grace = forms.IntegerField(
        label=_("Grace period (days)"),
        min_value=0,
        max_value=90,
        help_text=_("Days after the end of the period that still count as on time."),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["department"].widget.choices = _departments()
        self.fields["post"].widget.choices = _posts()


class DutyForm(OwnerForm):
    """A new duty."""

    code = GuardedText(
        label=_("Code"),
        max_length=40,
        help_text=_("Lower-case letters and hyphens, for example key-check."),
    )
    name_zh = GuardedText(label=_("Name in Chinese"), max_length=120)
    name_en = GuardedText(label=_("Name in English"), max_length=120)
    measure = GuardedText(label=_("Measure"), widget=forms.Select())
    cadence = forms.ChoiceField(label=_("How often"), choices=list(CADENCES.items()))
    starts = _day(
        _("Starts on"),
        help_text=_("The first complete period from this date on is the first one due."),
    )
    field_order = (
        "code",
        "name_zh",
        "name_en",
        "measure",
        "department",
        "post",
        "cadence",
        "starts",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["measure"].widget.choices = [
            (measure.code, f"{measure.code} {name_of(measure)}")
            for measure in Measure.objects.order_by("code")
        ]


class CloseForm(forms.Form):
    """A duty that was done."""

    done_on = _day(_("Completed on"))
    evidence = GuardedText(
        label=_("Evidence reference"),
        required=False,
        max_length=400,
        help_text=_(
            "A number, a location or a sentence. Required unless a file is attached below."
        ),
    )


class MoveForm(forms.Form):
    """A later last day, with a reason."""

    to = _day(_("New deadline"))
    reason = GuardedText(label=_("Reason"), max_length=400)


class SkipForm(forms.Form):
    """One period left out, with a reason."""

    reason = GuardedText(label=_("Reason"), max_length=400)


class FileForm(forms.Form):
    """A file as proof."""

    file = GuardedFile(label=_("File"), help_text=_("At most 20 MB. Encrypted on upload."))
    evidence_date = _day(
        _("Evidence date"),
        help_text=_("The date that the evidence refers to, not the upload date."),
    )
    expires = _day(_("Expires on"), required=False)

    def upload(self) -> Upload:
        sent = self.cleaned_data
        return Upload.of(sent["file"], sent["evidence_date"], sent["expires"])


class TaskForm(forms.Form):
    """A new task."""

    title = GuardedText(label=_("Title"), max_length=160)
    text = GuardedText(
        label=_("Description"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    department = GuardedText(label=_("Department"), required=False, widget=forms.Select())
    post = GuardedText(
        label=_("Post"),
        required=False,
        widget=forms.Select(),
        help_text=_(
            "A task belongs to a department or a post; the person who takes it is recorded."
        ),
    )
    due = _day(_("Due"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["department"].widget.choices = [("", "–"), *_departments()]
        self.fields["post"].widget.choices = _posts()


class TaskFilter(forms.Form):
    """Which tasks a page shows; the board has a column for each state and no filter of it."""

    view = forms.ChoiceField(
        required=False, choices=[("", ""), ("list", "")], widget=forms.HiddenInput()
    )
    department = forms.ChoiceField(
        label=_("Department"),
        required=False,
        widget=forms.Select({"data-submit-on-change": ""}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *Task.State.choices],
        widget=forms.Select({"data-submit-on-change": ""}),
    )

    def __init__(self, data: Any, *, as_list: bool) -> None:
        super().__init__(data)
        choices = [("", _("All departments")), *_departments()]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]  # ChoiceField
        if not as_list:
            del self.fields["view"], self.fields["state"]


class ReassignForm(forms.Form):
    """Who is to have a task from now on."""

    department = GuardedText(label=_("Department"), required=False, widget=forms.Select())
    post = GuardedText(label=_("Post"), required=False, widget=forms.Select())
    person = forms.CharField(
        label=_("Person"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
        help_text=_(
            "Login or staff number. If left empty, the person who takes the task is recorded."
        ),
    )
    reason = GuardedText(
        label=_("Reason"), max_length=400, help_text=_("It is saved as a comment on the task.")
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["department"].widget.choices = [("", "–"), *_departments()]
        self.fields["post"].widget.choices = _posts()


class NamesForm(forms.Form):
    """What a department is called."""

    name_zh = GuardedText(label=_("Name in Chinese"), max_length=DEPARTMENT_LETTERS)
    name_en = GuardedText(label=_("Name in English"), max_length=DEPARTMENT_LETTERS)


class DepartmentForm(NamesForm):
    """A new department."""

    code = GuardedText(
        label=_("Code"),
        max_length=CODE_LETTERS,
        help_text=_(
            "Lower-case letters, digits and underscores, for example actuarial. The "
            "code can never be changed: files, links and the access log refer to it."
        ),
    )
    field_order = ("code", "name_zh", "name_en")


class HandOverForm(forms.Form):
    """To whom a department's work goes."""

    heir = GuardedText(label=_("Receiving department"), widget=forms.Select())
    documents_to = GuardedText(
        label=_("Receiving post for the documents"),
        required=False,
        widget=forms.Select(),
        help_text=_(
            "A document belongs to a post. If none is chosen, documents stay with "
            "their current post."
        ),
    )
    reason = GuardedText(
        label=_("Reason"), max_length=400, help_text=_("It is stored encrypted in the access log.")
    )

    def __init__(self, data: Any = None, *, old: str, papers: bool) -> None:
        super().__init__(data)
        others = [department for department in _departments() if department[0] != old]
        self.fields["heir"].widget.choices = [("", "–"), *others]
        self.fields["documents_to"].widget.choices = _posts()
        if not papers:
            del self.fields["documents_to"]


class RemoveForm(forms.Form):
    """The word that takes a department away: its code."""

    word = GuardedText(label=_("Department code"), max_length=40)

    def __init__(self, data: Any = None, *, code: str) -> None:
        super().__init__(data, prefix="remove")
        self._code = code
        hint = _("Type “%(code)s” to confirm.") % {"code": code}
        self.fields["word"].help_text = hint

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if word != self._code:
            raise forms.ValidationError(_("The text does not match."))
        return word


class MoveTaskForm(forms.Form):
    """The next state of a task."""

    to = GuardedText(max_length=10, widget=forms.HiddenInput())
    reason = GuardedText(label=_("Reason"), required=False, max_length=400)


class CommentForm(forms.Form):
    """Something to say."""

    text = GuardedText(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


def _departments() -> list[tuple[str, str]]:
    return [
        (department.code, name_of(department)) for department in Department.objects.order_by("id")
    ]


def _posts() -> list[tuple[str, str]]:
    named = [(post.code, name_of(post)) for post in POSTS.values() if post.kind == "staff"]
    return [("", "–"), *named]
