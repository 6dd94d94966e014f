"""A second question before an act: a button that opens a dialog, and the dialog.

With JavaScript the dialog is modal: the keyboard stays in it, Escape closes it, the button has the focus again.
Without, the button is a link to the same page, on which the dialog stands open (`?confirm=` and its code).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django import forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """What is asked before an act.

    `code` is the dialog's id in the page, `opener` the words of the button that opens it (those of `submit` unless
    given), `look` its classes, `texts` the paragraphs, `form` what must be filled in; where that has errors the
    dialog stands open; `hidden` is sent along. With `inside` the dialog stands in another form, which is sent to
    `action`.
    """

    code: str
    title: str
    action: str
    submit: str
    opener: str = ""
    look: str = "btn"
    icon: str = ""
    submit_icon: str = ""
    texts: Sequence[str] = ()
    form: forms.Form | None = None
    danger: bool = False
    inside: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.opener or self.submit
