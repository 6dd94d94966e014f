"""Pages: the inbox, a person's settings, and the channels for the system administrator."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notes
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.access.models import Staff
from tutela.base.actor import Actor
from tutela.web import refusals, routes
from tutela.web.lists import page_of

from . import naming, permissions, queries
from .actions import channels, readers
from .forms import ChannelForm, PreferencesForm, ReaderForm
from .kinds import GROUPS, KINDS, Group
from .models import Notice
from .words import fault

PAGE_NUMBER = re.compile("[2-9]|[1-9][0-9]{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One notice on the page. `about` is the name of its link's target."""

    notice: Notice
    sentence: str
    about: str
    opens: bool
    group: tuple[Any, str]


@routes.at("inbox/", "notices-inbox")
@require_safe
@gate.signed_in()
def inbox(request: StaffRequest) -> HttpResponse:
    """The actor's notices: unread, then read, newest first."""
    category = request.GET.get("group", "")
    group = category if category in {group.value for group in Group} else ""
    notices = queries.inbox(request.actor.id, group)
    page = page_of(request, notices)
    unread = _unread(request.actor.id)
    rows = _rows(request.actor, list(page))
    context = {
        "page": page,
        "sections": [
            (is_read, list(section))
            for is_read, section in groupby(rows, lambda row: row.notice.read_at is not None)
        ],
        "groups": [(group.value, name, unread[group]) for group, (name, _icon) in GROUPS.items()],
        "group": group,
        "unread_all": sum(unread.values()),
        "unread_here": unread[Group(group)] if group else sum(unread.values()),
    }
    return render(request, "notices/inbox.html", context)


def _unread(staff_id: str) -> dict[Group, int]:
    by_kind = queries.unread_by_kind(staff_id)
    return {
        group: sum(by_kind.get(kind, 0) for kind in queries.kinds_of(group.value))
        for group in Group
    }


def _rows(actor: Actor, notices: list[Notice]) -> list[InboxRow]:
    names = naming.names(actor, notices)
    return [
        InboxRow(
            notice,
            names.sentence(notice),
            names.about(notice),
            names.opens(notice),
            GROUPS[KINDS[notice.kind].group],
        )
        for notice in notices
    ]


@routes.at("inbox/<uuid:notice_id>/read/", "notices-read")
@require_POST
@gate.signed_in()
def read(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice as read, and open its link if "open" is posted."""
    notice = readers.read(request.actor, notice_id)
    if "open" in request.POST and notice.link:
        return redirect(notice.link)
    return _back(request)


@routes.at("inbox/read/", "notices-read-all")
@require_POST
@gate.signed_in()
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark all notices, or those of a group, as read."""
    readers.read_all(request.actor, request.POST.get("group", ""))
    return _back(request)


def _back(request: StaffRequest) -> HttpResponse:
    """Redirect to the page of the inbox that was shown."""
    shown, page = request.POST.get("shown", ""), request.POST.get("page", "")
    parameters = {"group": shown} if shown in {group.value for group in Group} else {}
    if PAGE_NUMBER.fullmatch(page):
        parameters["page"] = page
    return redirect(reverse("notices-inbox") + (f"?{urlencode(parameters)}" if parameters else ""))


@routes.at("inbox/settings/", "notices-settings")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.signed_in()
def my_settings(request: StaffRequest) -> HttpResponse:
    """Mail settings of the actor."""
    me = request.actor.id
    reader = queries.reader_of(me)
    start = {kind.code: mail.value for kind, mail in queries.preferences(me).items()}
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, initial=start)
    about = ReaderForm(data, initial={"language": reader.language, "every": reader.every})
    if data is not None and form.is_valid() and about.is_valid():
        _save_settings(request.actor, form, about)
        notes.success(request, _("Settings saved."))
        return redirect("notices-settings")
    context = {
        "form": form,
        "about": about,
        "mail_set": bool(settings.TUTELA_MAIL_URL),
        "address": Staff.objects.get(id=me).email,
    }
    return refusals.page(request, "notices/settings.html", context, form, about)


@transaction.atomic
def _save_settings(actor: Actor, form: PreferencesForm, about: ReaderForm) -> None:
    readers.set_reader(actor, **about.cleaned_data)
    for name in form.changed_data:
        kind = KINDS[name]
        readers.set_preference(actor, kind, form.chosen()[kind])


@routes.at("channels/", "notices-list-channels")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.CHANNEL_MANAGE)
def list_channels(request: StaffRequest) -> HttpResponse:
    """Mail, chat robots and the outbox, with the form for a new robot."""
    start = {"language": settings.LANGUAGE_CODE}
    form = ChannelForm(request.POST or None, initial=start)
    if request.method == "POST" and refusals.done(
        form, lambda: channels.add_channel(request.actor, **form.cleaned_data)
    ):
        notes.success(request, _("Chat robot added. Try it with the test button."))
        return redirect("notices-list-channels")
    context = {
        "form": form,
        "mail_set": bool(settings.TUTELA_MAIL_URL),
        "mail": queries.mail_state(),
        "channels": [
            (channel, state, [GROUPS[Group(code)][0] for code in channel.groups])
            for channel, state in queries.channel_states()
        ],
        "all": queries.outbox(),
        "faults": [(fault(code), code, count) for code, count in queries.faults()],
    }
    return refusals.page(request, "notices/list_channels.html", context, form)


@routes.at("channels/<int:channel_id>/test/", "notices-test-channel")
@require_POST
@gate.needs(permissions.CHANNEL_MANAGE)
def test_channel(request: StaffRequest, channel_id: int) -> HttpResponse:
    """Send a test message to a robot."""
    return _test_result(request, channels.test_channel(request.actor, channel_id))


@routes.at("channels/mail/test/", "notices-test-mail")
@require_POST
@gate.needs(permissions.CHANNEL_MANAGE)
def test_mail(request: StaffRequest) -> HttpResponse:
    """Send a test mail to the actor."""
    return _test_result(request, channels.test_mail(request.actor))


def _test_result(request: StaffRequest, code: str) -> HttpResponse:
    if code:
        notes.error(request, f"{fault(code)} ({code})")
    else:
        notes.success(request, _("The test message was accepted. Check whether it has arrived."))
    return redirect("notices-list-channels")


@routes.at("channels/<int:channel_id>/remove/", "notices-remove-channel")
@require_POST
@gate.needs(permissions.CHANNEL_MANAGE)
def remove_channel(request: StaffRequest, channel_id: int) -> HttpResponse:
    """Remove a robot."""
    channels.remove_channel(request.actor, channel_id)
    notes.success(request, _("Chat robot removed."))
    return redirect("notices-list-channels")


@routes.at("channels/outbox/retry/", "notices-retry-outbox")
@require_POST
@gate.needs(permissions.CHANNEL_MANAGE)
def retry_outbox(request: StaffRequest) -> HttpResponse:
    """Retry all failed messages."""
    count = channels.retry_outbox(request.actor)
    notes.success(request, _("Retrying %(count)s messages now.") % {"count": count})
    return redirect("notices-list-channels")
