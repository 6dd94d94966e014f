"""What the pages of documents take in."""

from datetime import timedelta
from typing import Any, Protocol, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Post
from tutela.base import clock

from . import library, rules
from .actions import Draft
from .errors import FileUnfit
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
    if upload.size > rules.MEGABYTES * 1024 * 1024:
        raise FileUnfit(megabytes=rules.MEGABYTES)
    with upload.source().open() as file:
        return cast("bytes", file.read())


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AdoptForm(forms.Form):
    """Which of the policies to adopt, and under which name."""

    company = forms.CharField(max_length=120, label=_("Name of the company"))
    codes = forms.MultipleChoiceField(
        label=_("Policies"), widget=forms.CheckboxSelectMultiple(choices=())
    )

    def __init__(self, data: Any = None, *, taken: set[str], **options: Any) -> None:
        super().__init__(data, **options)
        left = [one.code for one in library.templates() if one.code not in taken]
        self.fields["codes"].choices = [(code, code) for code in left]  # type: ignore[attr-defined]  # ChoiceField


MOST_SIGNS = 200_000
"""A policy of a hundred pages; what is longer comes as a file."""


class VersionForm(forms.Form):
    """The next draft of a document: texts in both languages, or a file."""

    text_zh = forms.CharField(
        required=False,
        max_length=MOST_SIGNS,
        label=_("Text in Chinese"),
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    text_en = forms.CharField(
        required=False,
        max_length=MOST_SIGNS,
        label=_("Text in English"),
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    file = forms.FileField(
        required=False, label=_("File"), help_text=_("Word (.docx) or PDF, at most 10 MB.")
    )
    change = forms.CharField(required=False, max_length=300, label=_("What is new"))
    review_on = forms.DateField(
        label=_("Review by"), widget=DayInput(), help_text=_("At most a year from today.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, kind: str, **options: Any) -> None:
        super().__init__(data, files, **options)
        for name in ("text_zh", "text_en") if kind == "file" else ("file",):
            del self.fields[name]

    def draft(self) -> Draft:
        """What the verbs take."""
        given = self.cleaned_data
        upload = given.get("file")
        return Draft(
            text_zh=given.get("text_zh", ""),
            text_en=given.get("text_en", ""),
            file=read_upload(upload),
            file_name=upload.name if upload else "",
            change=given["change"],
            review_on=given["review_on"],
        )


class AddForm(VersionForm):
    """An own Word or PDF file with its names and owner."""

    code = forms.RegexField(
        r"(?!.*\d{5})[a-z0-9][a-z0-9-]{1,38}",
        label=_("Code"),
        help_text=_("2 to 39 small letters, digits and dashes; it stays for good."),
    )
    name_zh = forms.CharField(max_length=120, label=_("Name in Chinese"))
    name_en = forms.CharField(max_length=120, label=_("Name in English"))
    owner = forms.ChoiceField(label=_("Owner"))
    field_order = ("code", "name_zh", "name_en", "owner", "file", "change", "review_on")

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        options.setdefault("initial", {"review_on": clock.today() + timedelta(days=365)})
        super().__init__(data, files, kind="file", **options)
        self.fields["file"].required = True
        self.fields["owner"].choices = post_choices()  # type: ignore[attr-defined]  # ChoiceField


def post_choices() -> list[tuple[str, str]]:
    """Posts of people, by their name in the active language."""
    chinese = (get_language() or "").startswith("zh")
    posts = Post.objects.filter(kind="staff").order_by("code")
    return [(post.code, post.name_zh if chinese else post.name_en) for post in posts]


def initial_of(version: Version) -> dict[str, Any]:
    """What the form of the next draft starts with."""
    return {
        "text_zh": version.text_zh,
        "text_en": version.text_en,
        "change": version.change if version.is_open else "",
        "review_on": version.review_on if version.is_open else clock.today() + timedelta(days=365),
    }


class SendBackForm(forms.Form):
    """Why a version is sent back to its drafter."""

    reason = forms.CharField(
        max_length=500, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2})
    )
