"""What the pages of the assessment and the register take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.access.posts import POSTS

from . import words
from .controls import CONTROLS
from .rules import SCALE, TYPED


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class YearForm(forms.Form):
    """The year to assess."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=9999)


class NoteForm(forms.Form):
    """What is said of a control that follows its reading."""

    note = forms.CharField(
        required=False, label=_("Remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.CharField(
        required=False,
        label=_("Evidence"),
        help_text=_(
            "Where the proof is: a document with its version, a record, a place. No customer data."
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


class RiskForm(forms.Form):
    """A risk as it shall stand on the register."""

    title = forms.CharField(label=_("Risk in one line"), max_length=160)
    about = forms.CharField(
        required=False,
        label=_("What could happen, and why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    likelihood = forms.TypedChoiceField(label=_("Likelihood"), coerce=int)
    impact = forms.TypedChoiceField(label=_("Impact"), coerce=int)
    treatment = forms.ChoiceField(label=_("Treatment"), choices=list(words.TREATMENTS.items()))
    plan = forms.CharField(
        required=False,
        label=_("What will be done, by when"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ChoiceField(label=_("Owner (post)"))
    control = forms.ChoiceField(required=False, label=_("Control it belongs to"))

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        chinese = words.chinese()
        self._offer("likelihood", [(n, f"{n} · {words.LIKELIHOODS[n - 1]}") for n in SCALE])
        self._offer("impact", [(n, f"{n} · {words.IMPACTS[n - 1]}") for n in SCALE])
        staff = [post for post in POSTS.values() if post.kind == "staff"]
        self._offer("owner", [(p.code, p.name_zh if chinese else p.name_en) for p in staff])
        controls = [(c.code, f"{c.code} {c.name(chinese=chinese)}") for c in CONTROLS.values()]
        self._offer("control", [("", _("none")), *controls])

    def _offer(self, field: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class AcceptForm(forms.Form):
    """Bear a risk until a day."""

    reason = forms.CharField(
        label=_("Why the risk can be borne"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(label=_("Until"), widget=DayInput())
