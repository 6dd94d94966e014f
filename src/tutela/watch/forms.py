"""What the pages of the watch take in."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Branch
from tutela.access.posts import POSTS
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.base.language import name_of

from . import words
from .actions.triage import LEAST_LETTERS
from .outcomes import CLOSING
from .rules import RULES, CaseState, Rule

MOST_LETTERS: Final = 1000
_AT_ONCE: Final = {"data-submit-on-change": ""}
_REASON_HELP: Final = _(
    "At least 15 characters, without names or numbers of customers. Stored encrypted."
)


def _rules() -> list[tuple[str, str]]:
    return [
        ("", gettext("All")),
        *((code, f"{code} {gettext(rule.words)}") for code, rule in RULES.items()),
    ]


def _posts() -> list[tuple[str, str]]:
    posts = [(code, name_of(post)) for code, post in POSTS.items()]
    return [("", gettext("All")), *posts]


def _branches() -> list[tuple[str, str]]:
    rows = [(str(one.id), name_of(one)) for one in Branch.objects.order_by("code")]
    return [("", gettext("All")), *rows]


class Filter(forms.Form):
    """Which alerts or cases a list shows."""

    rule = forms.ChoiceField(label=_("Rule"), required=False, widget=forms.Select(_AT_ONCE))
    post = forms.ChoiceField(label=_("Post"), required=False, widget=forms.Select(_AT_ONCE))
    branch = forms.ChoiceField(label=_("Branch"), required=False, widget=forms.Select(_AT_ONCE))
    state = forms.ChoiceField(label=_("State"), required=False, widget=forms.Select(_AT_ONCE))

    states: tuple[tuple[str, Any], ...] = ()

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        given: dict[str, list[tuple[str, Any]]] = {
            "rule": list(_rules()), "post": list(_posts()), "branch": list(_branches()),
            "state": [("", gettext("All")), *self.states],
        }  # fmt: skip
        for name, choices in given.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceField

    def asked(self) -> dict[str, Any]:
        """What the lists take: empty or None for what is not chosen, or is no choice."""
        self.is_valid()
        given = self.cleaned_data
        branch = given.get("branch")
        return {
            "rule": given.get("rule", ""),
            "post": given.get("post", ""),
            "branch": int(branch) if branch else None,
            "state": given.get("state", ""),
        }


class AlertFilter(Filter):
    """Alerts: also those that no case has taken up."""

    states = (
        ("loose", _("Without a case")),
        *((one.value, words.STATES[one]) for one in CaseState),
    )


class CaseFilter(Filter):
    """Cases: also all that wait."""

    states = (
        ("waiting", _("Waiting or taken up")),
        *((one.value, words.STATES[one]) for one in CaseState),
    )


class ExplainForm(forms.Form):
    """Why what happened was right."""

    reason = GuardedText(
        label=_("Reason"),
        min_length=LEAST_LETTERS,
        max_length=MOST_LETTERS,
        help_text=_REASON_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(forms.Form):
    """What was found, and what was done about it."""

    outcome = forms.ChoiceField(
        label=_("What was found"),
        choices=[("", "–"), *((one.value, words.OUTCOMES[one]) for one in CLOSING)],
    )
    reason = GuardedText(
        label=_("Note"),
        min_length=LEAST_LETTERS,
        max_length=MOST_LETTERS,
        help_text=_REASON_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThresholdForm(forms.Form):
    """The thresholds of a rule for all posts or one; each field is a threshold."""

    post = forms.ChoiceField(label=_("Applies to"), required=False)
    active = forms.BooleanField(label=_("The rule is switched on"), required=False)

    def __init__(self, data: Any, rule: Rule, **more: Any) -> None:
        super().__init__(data, **more)
        posts = [
            ("", gettext("All posts")),
            *((code, name_of(post)) for code, post in POSTS.items()),
        ]
        self.fields["post"].choices = posts  # type: ignore[attr-defined]  # ChoiceField
        for one in rule.thresholds:
            self.fields[one.key] = forms.IntegerField(
                label=gettext(one.words),
                min_value=one.least,
                max_value=one.most,
                help_text=gettext("From %(least)s to %(most)s; by default %(default)s.")
                % {"least": one.least, "most": one.most, "default": one.default},
            )

    def values(self, rule: Rule) -> dict[str, int]:
        """The thresholds by key, of a valid form."""
        return {one.key: self.cleaned_data[one.key] for one in rule.thresholds}


class DaysForm(forms.Form):
    """How many days a pattern covers."""

    days = forms.TypedChoiceField(
        label=_("Period"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
    )


class KeepersForm(forms.Form):
    """The two people who are to know the canaries."""

    first = forms.ChoiceField(label=_("First person"))
    second = forms.ChoiceField(label=_("Second person"))

    def __init__(self, data: Any, people: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        for name in ("first", "second"):
            self.fields[name].choices = [("", "–"), *people]  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """Numbers as the core system writes them, from ranges that it has reserved."""

    customer_numbers = GuardedText(
        label=_("Customer numbers"),
        max_length=40,
        help_text=_("As the core system writes them, # for a digit, from a range reserved there."),
    )
    policy_numbers = GuardedText(
        label=_("Policy numbers"),
        max_length=40,
        required=False,
        help_text=_("Each gets a policy that has ended. Blank: none, if customers here have none."),
    )
    phones = GuardedText(
        label=_("Mobile numbers"),
        max_length=40,
        required=False,
        help_text=_(
            "Lines of your own, # for a digit, so that a call to one is noticed. Blank: invented."
        ),
    )


class JobForm(forms.Form):
    """A machine account whose lists leave canaries out."""

    login = GuardedText(label=_("Login of the machine account"), max_length=80)


class RosterForm(forms.Form):
    """A file of shifts."""

    file = GuardedFile(
        label=_("File"),
        help_text=_("CSV, XLSX, XLS, ODS, DBF or Parquet. The file is encrypted during upload."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.txt,.xlsx,.xls,.et,.ods,.dbf,.parquet"}
        ),
    )


class VipForm(forms.Form):
    """What names one customer."""

    text = forms.CharField(
        label=_("Customer"),
        max_length=200,
        help_text=_("Customer, policy, id or phone number."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
