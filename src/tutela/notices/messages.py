"""Title and body of a message, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .kinds import GROUPS, KINDS
from .models import Notice


class Message(NamedTuple):
    """A message to send."""

    title: str
    body: str


def sentence(kind: str, params: Mapping[str, str | int]) -> str:
    """The sentence of a notice in the active language; an unknown day is a dash. Messages pass the stored
    params; only the inbox replaces codes by names (naming.py)."""
    shown = {field: _shown(field, value) for field, value in params.items()}
    return str(KINDS[kind].sentence) % shown


def _shown(field: str, value: str | int) -> str | int:
    if field == "way":
        return _("mail") if value == "mail" else _("chat robot")
    return "–" if value == "" else value


def for_notice(notice: Notice, language: str, *, personal: bool = True) -> Message:
    """One notice as a message; a personal one ends with a link to the settings."""
    with translation.override(language):
        about = GROUPS[KINDS[notice.kind].group][0]
        lines = [sentence(notice.kind, notice.params)]
        if notice.link:
            lines.append(address() + notice.link)
        return Message(f"Tutela · {about}", "\n".join(lines) + (_choose() if personal else ""))


def for_digest(notices: Sequence[Notice], language: str) -> Message:
    """A digest: one line per notice."""
    with translation.override(language):
        count = len(notices)
        title = ngettext("%(count)s notice", "%(count)s notices", count) % {"count": count}
        lines = [f"– {sentence(notice.kind, notice.params)}" for notice in notices]
        lines += ["", address() + reverse("notices-inbox")]
        return Message(f"Tutela · {title}", "\n".join(lines) + _choose())


def for_test(language: str) -> Message:
    """The message of the test buttons."""
    with translation.override(language):
        return Message(
            f"Tutela · {_('Test')}", _("This is a test. Messages from Tutela are being delivered.")
        )


def _choose() -> str:
    return "\n\n" + _("Choose your e-mail notifications: %(address)s") % {
        "address": address() + reverse("notices-settings")
    }


def address() -> str:
    """The base URL of this installation, without a trailing slash."""
    host = (settings.ALLOWED_HOSTS or ["localhost"])[0]
    suffix = "" if settings.TUTELA_HTTPS_PORT == 443 else f":{settings.TUTELA_HTTPS_PORT}"
    return f"https://{host}{suffix}"
