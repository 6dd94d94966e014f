"""Forms of backups: which runs, a backup or a drill now, a verification, a target, a recipient key, the timetable,
and what happened on the bad day."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedSlug, GuardedText
from tutela.web.inputs import MomentInput

from . import words
from .rules import LIMITS, NAME_LENGTH, Chosen, Kind, Level, Media, Opens, Role, RunState

URL_LENGTH: Final = 400
IDENTITY_LENGTH: Final = 8000
CREDENTIAL_LENGTH: Final = 20_000
KEY_LENGTH: Final = 120
_ANY: Final[tuple[str, Promise]] = ("", _("All"))


class Unshown(forms.Textarea):
    """A secret: what was typed never comes back on a page."""

    def format_value(self, value: Any) -> str:  # noqa: ARG002 that is the point
        return ""


class PublicKeyInput(forms.TextInput):
    """A public key; the private half, typed by mistake, does not come back on the page."""

    def format_value(self, value: Any) -> str | None:
        if value and not str(value).strip().lower().startswith("age1"):
            return ""
        return cast("str | None", super().format_value(value))


def _listed(codes: Iterable[str], named: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(code, named[code]) for code in map(str, codes)]


class RunFilter(forms.Form):
    """Which runs a list shows."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        states = [code for code in RunState if code != RunState.SCHEDULED]
        _choose(self, "kind", [_ANY, *_listed(Kind, words.KINDS)])
        _choose(self, "state", [_ANY, *((str(code), words.RUN_STATES[code][0]) for code in states)])


class StartForm(forms.Form):
    """Which kind of backup is made now."""

    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "kind", _listed((Kind.FULL, Kind.BASE, Kind.INCREMENTAL), words.KINDS))


class DrillForm(forms.Form):
    """Which set a drill takes."""

    chosen = forms.ChoiceField(label=_("Set"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(
            self,
            "chosen",
            _listed((Chosen.NEWEST, Chosen.OLDEST, Chosen.RANDOM), words.CHOSEN),
        )


class VerifyForm(forms.Form):
    """How far a copy is verified now."""

    level = forms.TypedChoiceField(label=_("Level"), coerce=int)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        levels = (Level.READ_BACK, Level.OPENED)
        _choose(self, "level", [(str(int(n)), f"L{int(n)} · {words.LEVELS[n]}") for n in levels])


class TargetForm(forms.Form):
    """A place where copies lie. The credential is sealed at once and never shown again."""

    name = GuardedSlug(
        label=_("Short name"),
        max_length=NAME_LENGTH,
        help_text=_("Lower-case letters, digits and hyphens. It never changes."),
    )
    url = GuardedText(
        label=_("Address"),
        max_length=URL_LENGTH,
        help_text=_(
            "file:///FOLDER, sftp://USER@HOST/FOLDER, s3://HOST/BUCKET/FOLDER?region=REGION or "
            "webdav://HOST/FOLDER, without a password."
        ),
    )
    medium = forms.ChoiceField(label=_("Kind of media"))
    offsite = forms.BooleanField(
        label=_("Offsite: in another building, out of reach of a fire here"), required=False
    )
    identity = forms.CharField(
        label=_("Pinned host key or certificate authority"),
        required=False,
        max_length=IDENTITY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "As its administrator handed it over: for SFTP a line as in known_hosts. A server that shows another "
            "one is refused."
        ),
    )
    credential = forms.CharField(
        label=_("Credential"),
        required=False,
        strip=True,
        max_length=CREDENTIAL_LENGTH,
        widget=Unshown(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "SFTP: a private key, or a password. S3: ACCESS KEY:SECRET KEY. WebDAV: USER:PASSWORD. It is sealed "
            "and not shown again."
        ),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "medium", _listed(Media, words.MEDIA))


class RecipientForm(forms.Form):
    """A public key to which sets are sealed."""

    name = GuardedSlug(
        label=_("Short name"),
        max_length=NAME_LENGTH,
        help_text=_("Lower-case letters, digits and hyphens. It never changes."),
    )
    role = forms.ChoiceField(label=_("Held for"))
    opens = forms.ChoiceField(label=_("Opens"))
    key = forms.CharField(
        label=_("Public key"),
        max_length=KEY_LENGTH,
        widget=PublicKeyInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "It begins with age1. The private half stays with its holder and never comes to this machine."
        ),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "role", _listed(Role, words.ROLES))
        _choose(self, "opens", _listed(Opens, words.OPENS))


def _figure(code: str, label: Any, *, required: bool = True) -> forms.IntegerField:
    least, most = LIMITS[code]
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required)


class PolicyForm(forms.Form):
    """A new edition of the timetable. What stays empty of the promised times is not promised."""

    hour = _figure("hour", _("Hour of the daily backup"))
    weekday = forms.TypedChoiceField(label=_("Day of the promised weekly one"), coerce=int)
    keep_daily = _figure("keep_daily", _("Daily sets kept"))
    keep_weekly = _figure("keep_weekly", _("Weekly sets kept"))
    keep_monthly = _figure("keep_monthly", _("Monthly sets kept"))
    keep_yearly = _figure("keep_yearly", _("Yearly sets kept"))
    keys_days = _figure("keys_days", _("Days that key sets are kept"))
    rto_minutes = _figure("rto_minutes", _("Recovery time promised (minutes)"), required=False)
    rpo_hours = _figure("rpo_hours", _("At most lost (hours)"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "weekday", [(str(n), day) for n, day in enumerate(words.WEEKDAYS)])


class HappenedForm(forms.Form):
    """What happened, and until when the data were right."""

    happened = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    before = forms.DateTimeField(
        label=_("When were the data last right?"),
        required=False,
        widget=MomentInput,
        help_text=_("Only sets from before then are offered. Empty: the newest ones."),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "happened", list(words.HAPPENED.items()))


class SetForm(forms.Form):
    """Which copy is brought back, after what happened."""

    copy = forms.UUIDField(widget=forms.HiddenInput)


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 says to the type checker what it is
    field.choices = choices
