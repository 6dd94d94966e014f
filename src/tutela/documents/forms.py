"""What the pages of documents take in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Post
from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.base.language import name_of
from tutela.web.inputs import DayInput

from . import file_check, library, rules
from .actions.drafts import Draft
from .errors import (
    ChineseMissing,
    CodeUnfit,
    DocumentExists,
    EnglishMissing,
    FileBroken,
    FileMissing,
    FileUnfit,
    ReviewDateWrong,
)
from .models import Version


class _Sealed(Protocol):
    """An upload as the product's only upload handler leaves it: sealed in the spool."""

    name: str
    size: int

    def source(self) -> Any:
        """What opens it for reading."""


def read_upload(upload: _Sealed | None) -> bytes:
    """The bytes of an upload, at most as many as a document may have; FileUnfit."""
    if upload is None:
        return b""
    if upload.size > file_check.MEGABYTES * 1024 * 1024:
        raise FileUnfit(megabytes=file_check.MEGABYTES)
    with upload.source().open() as file:
        return cast("bytes", file.read())


# The field at which a refusal of the verbs is told, where it does not name one itself.
PLACES: Final = {
    CodeUnfit.code: "code",
    DocumentExists.code: "code",
    FileBroken.code: "file",
    FileMissing.code: "file",
    FileUnfit.code: "file",
    ReviewDateWrong.code: "review_on",
}


def by_rule(check: Callable[[str], None]) -> Callable[[str], None]:
    """A rule as a form asks it."""

    def ask(value: str) -> None:
        try:
            check(value)
        except TutelaError as fault:
            raise ValidationError(fault.text()) from None

    return ask


class LineField(GuardedText):
    """One line of text that can be shown as it is; `also` allows line breaks where there may be some."""

    def __init__(self, *, most: int, also: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["maxlength"] = str(most)
        # In the place of Django's own: one fault, one sentence.
        self.validators = [by_rule(lambda text: rules.check_line("", text, most, also=also))]


class TextField(GuardedText):
    """A policy's text. What word processors put for a line's or page's end becomes a line's end."""

    ENDS: Final = str.maketrans(dict.fromkeys("\v\f\u2028\u2029", "\n"))

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 20})
        super().__init__(max_length=rules.TEXT_MOST, widget=widget, **options)
        self.validators = [by_rule(rules.check_signs)]

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).translate(self.ENDS)


class AdoptForm(forms.Form):
    """Which of the policies to adopt, and under which name."""

    company = LineField(most=rules.NAME_MOST, label=_("Company name"))
    codes = forms.MultipleChoiceField(
        label=_("Policies"), widget=forms.CheckboxSelectMultiple(choices=())
    )

    def __init__(self, data: Any = None, *, taken: set[str], **options: Any) -> None:
        super().__init__(data, **options)
        codes = [template.code for template in library.templates() if template.code not in taken]
        self.fields["codes"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]  # ChoiceField


class VersionForm(forms.Form):
    """The next draft of a document: texts in both languages, or a file."""

    text_zh = TextField(
        label=_("Text in Chinese"), error_messages={"required": ChineseMissing.sentence}
    )
    text_en = TextField(
        label=_("Text in English"), error_messages={"required": EnglishMissing.sentence}
    )
    file = GuardedFile(
        label=_("File"),
        help_text=_("Word (.docx) or PDF, at most 10 MB."),
        error_messages={"required": FileMissing.sentence},
    )
    change = LineField(most=rules.LINE_MOST, required=False, label=_("Change summary"))
    review_on = forms.DateField(
        label=_("Review by"), widget=DayInput(), help_text=_("At most a year from today.")
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        kind: str,
        has_file: bool = False,
        **options: Any,
    ) -> None:
        """`has_file` when the draft has its file already, which stays if none is chosen."""
        super().__init__(data, files, **options)
        self.fields["file"].required = not has_file
        for name in ("text_zh", "text_en") if kind == "file" else ("file",):
            del self.fields[name]

    def draft(self) -> Draft:
        """What the verbs take."""
        values = self.cleaned_data
        upload = values.get("file")
        return Draft(
            text_zh=values.get("text_zh", ""),
            text_en=values.get("text_en", ""),
            file=read_upload(upload),
            file_name=upload.name if upload else "",
            change=values["change"],
            review_on=values["review_on"],
        )


class AddForm(VersionForm):
    """An own Word or PDF file with its names and owner."""

    code = GuardedText(
        label=_("Code"),
        help_text=_("2 to 39 lower-case letters, digits and hyphens; it cannot be changed later."),
        widget=forms.TextInput(attrs={"maxlength": "39", "autocapitalize": "none"}),
        validators=[by_rule(rules.check_code)],
    )
    name_zh = LineField(most=rules.NAME_MOST, label=_("Name in Chinese"))
    name_en = LineField(most=rules.NAME_MOST, label=_("Name in English"))
    owner = forms.ChoiceField(label=_("Owner"))
    field_order = ("code", "name_zh", "name_en", "owner", "file", "change", "review_on")

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        options.setdefault("initial", {"review_on": clock.today() + timedelta(days=365)})
        super().__init__(data, files, kind="file", **options)
        self.fields["owner"].choices = post_choices()  # type: ignore[attr-defined]  # ChoiceField


def post_choices() -> list[tuple[str, str]]:
    """Posts of people, by their name in the active language."""
    posts = Post.objects.filter(kind="staff").order_by("code")
    return [(post.code, name_of(post)) for post in posts]


def initial_of(version: Version, *, texts: Version | None = None) -> dict[str, Any]:
    """What the form of the next draft starts with; `texts` is another version to take them of."""
    of = texts or version
    return {
        "text_zh": of.text_zh,
        "text_en": of.text_en,
        "change": version.change if version.is_open else "",
        "review_on": version.review_on if version.is_open else clock.today() + timedelta(days=365),
    }


class SendBackForm(forms.Form):
    """Why a version is sent back to its drafter."""

    reason = LineField(
        most=rules.REASON_MOST,
        also="\r\n\t",
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
