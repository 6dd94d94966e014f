"""Pages: the inbox, my choices, and the channels for the system administrator."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.base.actor import Actor
from tutela.base.errors import Invalid

from . import naming, queries
from .actions import channels, readers
from .forms import ChannelForm, PreferencesForm, ReaderForm
from .kinds import GROUPS, KINDS, Group
from .models import Channel, Notice
from .words import fault

PAGE_ROWS = 50
PAGE_NUMBER = re.compile("[2-9]|[1-9][0-9]{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One notice as it is told on the page. `about` names what stands behind its link, if that opens."""

    notice: Notice
    sentence: str
    about: str
    opens: bool
    group: tuple[Any, str]


@require_safe
@gate.signed_in()
def inbox(request: StaffRequest) -> HttpResponse:
    """What the person is told: what is unread, then what was read, the newest first."""
    asked = request.GET.get("group", "")
    group = asked if asked in {one.value for one in Group} else ""
    found = queries.inbox(request.actor.id, group)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    unread = _unread(request.actor.id)
    lines = _lines(request.actor, list(page))
    told = {
        "page": page,
        "sections": [
            (is_read, list(held))
            for is_read, held in groupby(lines, lambda line: line.notice.read_at is not None)
        ],
        "groups": [(one.value, name, unread[one]) for one, (name, _icon) in GROUPS.items()],
        "group": group,
        "unread_all": sum(unread.values()),
        "unread_here": unread[Group(group)] if group else sum(unread.values()),
    }
    return render(request, "notices/inbox.html", told)


def _unread(staff_id: str) -> dict[Group, int]:
    by_kind = queries.unread_by_kind(staff_id)
    return {
        group: sum(by_kind.get(kind, 0) for kind in queries.kinds_of(group.value))
        for group in Group
    }


def _lines(actor: Actor, notices: list[Notice]) -> list[Line]:
    names = naming.names(actor, notices)
    return [
        Line(
            notice,
            names.sentence(notice),
            names.about(notice),
            names.opens(notice),
            GROUPS[KINDS[notice.kind].group],
        )
        for notice in notices
    ]


@require_POST
@gate.signed_in()
def read(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Mark one as read, and go to what it is about when asked to."""
    notice = readers.read(request.actor, notice_id)
    if "open" in request.POST and notice.link:
        return redirect(notice.link)
    return _back(request)


@require_POST
@gate.signed_in()
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark a group, or everything, as read."""
    readers.read_all(request.actor, request.POST.get("group", ""))
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    """To the list and the page of it where the button stood."""
    shown, page = request.POST.get("shown", ""), request.POST.get("page", "")
    asked = {"group": shown} if shown in {one.value for one in Group} else {}
    if PAGE_NUMBER.fullmatch(page):
        asked["page"] = page
    return redirect(reverse("notices-inbox") + (f"?{urlencode(asked)}" if asked else ""))


@require_http_methods(["GET", "HEAD", "POST"])
@gate.signed_in()
def my_settings(request: StaffRequest) -> HttpResponse:
    """How each kind reaches the person by mail."""
    me = request.actor.id
    held = queries.reader_of(me)
    start = {kind.code: mail.value for kind, mail in queries.preferences(me).items()}
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, initial=start)
    about = ReaderForm(data, initial={"language": held.language, "every": held.every})
    if data is not None and form.is_valid() and about.is_valid():
        _keep(request, form, about)
        notes.success(request, _("Your choices are kept."))
        return redirect("notices-settings")
    told = {
        "form": form,
        "about": about,
        "mail_set": bool(settings.TUTELA_MAIL_URL),
        "address": Staff.objects.get(id=me).email,
    }
    return render(request, "notices/settings.html", told)


@transaction.atomic
def _keep(request: StaffRequest, form: PreferencesForm, about: ReaderForm) -> None:
    chosen = about.cleaned_data
    readers.set_reader(request.actor, language=chosen["language"], every=chosen["every"])
    for name in form.changed_data:
        kind = KINDS[name]
        readers.set_preference(request.actor, kind, form.chosen()[kind])


@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(Permission.NOTICES_CHANNEL_MANAGE)
def list_channels(request: StaffRequest) -> HttpResponse:
    """Mail, chat robots and the outbox; a new robot is added here."""
    start = {"language": settings.LANGUAGE_CODE}
    form = ChannelForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            channels.add_channel(request.actor, **form.cleaned_data)
        except Invalid as refused:
            form.add_error(None, f"{refused.text()} ({refused.code})")
        else:
            notes.success(request, _("The chat robot is added. Try it with the test button."))
            return redirect("notices-list-channels")
    told = {
        "form": form,
        "mail_set": bool(settings.TUTELA_MAIL_URL),
        "mail": queries.mail_state(),
        "channels": [(one, state, _groups(one)) for one, state in queries.channel_states()],
        "all": queries.outbox(),
        "faults": [(fault(code), code, count) for code, count in queries.faults()],
    }
    return render(request, "notices/list_channels.html", told)


def _groups(channel: Channel) -> list[Any]:
    return [GROUPS[Group(code)][0] for code in channel.groups]


@require_POST
@gate.needs(Permission.NOTICES_CHANNEL_MANAGE)
def test_channel(request: StaffRequest, channel_id: int) -> HttpResponse:
    """Write a test into the chat."""
    return _tested(request, channels.test_channel(request.actor, channel_id))


@require_POST
@gate.needs(Permission.NOTICES_CHANNEL_MANAGE)
def test_mail(request: StaffRequest) -> HttpResponse:
    """Send a test mail to the person who asks."""
    return _tested(request, channels.test_mail(request.actor))


def _tested(request: StaffRequest, code: str) -> HttpResponse:
    if code:
        notes.error(request, f"{fault(code)} ({code})")
    else:
        notes.success(request, _("The test was taken. See whether it has arrived."))
    return redirect("notices-list-channels")


@require_POST
@gate.needs(Permission.NOTICES_CHANNEL_MANAGE)
def remove_channel(request: StaffRequest, channel_id: int) -> HttpResponse:
    """Take a robot away."""
    channels.remove_channel(request.actor, channel_id)
    notes.success(request, _("The chat robot is removed."))
    return redirect("notices-list-channels")


@require_POST
@gate.needs(Permission.NOTICES_CHANNEL_MANAGE)
def retry_outbox(request: StaffRequest) -> HttpResponse:
    """Try everything again that failed."""
    count = channels.retry_outbox(request.actor)
    notes.success(request, _("%(count)s messages are tried again now.") % {"count": count})
    return redirect("notices-list-channels")
