"""Forms of the notices pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedText

from .actions.channels import NAME_LIMIT
from .kinds import GROUPS, KINDS, Mail, NoticeKind
from .rules import DAILY, WEEKLY

MAILS = [
    (Mail.NOW.value, _("Immediately")),
    (Mail.DIGEST.value, _("In the digest")),
    (Mail.NEVER.value, _("No e-mail")),
]


class ReaderForm(forms.Form):
    """Language of a person's mails and interval of the digest."""

    language = forms.ChoiceField(label=_("E-mail language"), choices=settings.LANGUAGES)
    every = forms.ChoiceField(
        label=_("Digest"),
        choices=[(DAILY, _("Every morning at 8")), (WEEKLY, _("Mondays at 8"))],
        help_text=_("Notices already read in the inbox are left out of the digest."),
    )


class PreferencesForm(forms.Form):
    """One choice per kind."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for code, kind in KINDS.items():
            self.fields[code] = forms.ChoiceField(label=str(kind.label), choices=MAILS)

    def groups(self) -> list[tuple[Any, str, list[forms.BoundField]]]:
        """(name, icon, fields) of each group, for the page."""
        return [
            (name, icon, [self[code] for code, kind in KINDS.items() if kind.group is group])
            for group, (name, icon) in GROUPS.items()
        ]

    def chosen(self) -> dict[NoticeKind, Mail]:
        return {KINDS[code]: Mail(mail) for code, mail in self.cleaned_data.items()}


class ChannelForm(forms.Form):
    """A chat robot."""

    name = GuardedText(label=_("Robot name"), max_length=NAME_LIMIT)
    address = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_(
            "The robot's address with its secret, in apprise notation: wecombot://key, "
            "dingtalk://token, feishu://token, or the web address given by the chat "
            "program. It is stored encrypted and never shown again."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    groups = forms.MultipleChoiceField(
        label=_("Notices sent"),
        choices=[(group.value, name) for group, (name, _icon) in GROUPS.items()],
        help_text=_("Everyone in the chat can read them. Messages contain codes and dates only."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
