"""Pages of feeds: which systems send, one feed with its keys, accounts, gaps and deliveries, and its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tutela.access import gate
from tutela.access import queries as people
from tutela.access.errors import StaffUnknown
from tutela.access.gate import StaffRequest
from tutela.base.errors import TutelaError
from tutela.web import form_pages, lists, refusals, routes
from tutela.web.confirm import Confirm
from tutela.web.form_pages import FormPage, crumb
from tutela.web.lists import Column, Empty, Listing, page_of

from . import coverage, permissions, queries
from .actions import accounts, deliveries, feeds, keys
from .errors import LineWrong, MappingWrong
from .forms import FeedForm, KeyForm, LogFileForm, MatchForm, field_of, initial_of
from .models import Account, Delivery, Door, Feed, FeedKey
from .preview import Preview, columns_of, preview
from .queries import Coverage
from .reading.kinds import FORMATS
from .words import DOORS, STATES

_MANAGE = permissions.FEED_MANAGE
DELIVERIES_SHOWN: Final = 20
SILENT_AT_FIRST: Final = 24 * 60
_COLUMNS: Final = (
    Column("system", gettext_lazy("Other system")),
    Column("state", gettext_lazy("State")),
    Column("since", gettext_lazy("Sends since"), "when"),
    Column("last", gettext_lazy("Last record"), "when"),
    Column("looks", gettext_lazy("Accesses, 30 days"), "num"),
    Column("people", gettext_lazy("People known"), "num"),
    Column("customers", gettext_lazy("Customers known"), "num"),
    Column("missing", gettext_lazy("Missing numbers"), "num"),
)
_ACCOUNTS: Final = (
    Column("account", gettext_lazy("Account")),
    Column("system", gettext_lazy("Other system")),
    Column("looks", gettext_lazy("Accesses"), "num"),
    Column("last", gettext_lazy("Last received"), "when"),
    Column("acts", gettext_lazy("Action"), "text-end", hidden=True),
)
_AT: Final = {
    "feeds.name_wrong": "name",
    "feeds.feed_exists": "name",
    "feeds.system_wrong": "system",
    "feeds.silence_wrong": "silent",
    "feeds.zone_unknown": "zone",
    "feeds.reader_unknown": "reader",
}
"""The field at which a refusal is told."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed of the list, with the words and the look of its state."""

    covered: Coverage
    state: str | Promise
    look: str
    reader: str | Promise


def _line(covered: Coverage) -> FeedLine:
    words, look = STATES[covered.state]
    return FeedLine(covered, words, look, FORMATS[covered.feed.reader].label)


@routes.at("feeds/", "feeds-list-feeds")
@require_safe
@gate.needs(permissions.FEED_READ)
def list_feeds(request: StaffRequest) -> HttpResponse:
    """Which systems send their access logs, since when, and what is missing."""
    lines = [_line(each) for each in coverage.covered(request.actor)]
    may_manage = gate.holds(request.actor, _MANAGE)
    listing = Listing(
        title=_("Access logs of other systems"),
        intro=_("Accesses to customer information outside the vault, as the systems report them."),
        columns=_COLUMNS,
        rows=lines,
        empty=Empty(
            "plug-connected",
            _("No system is registered"),
            _("Accesses in core systems, databases and jump hosts are not in the trail yet."),
            reverse("feeds-register-feed") if may_manage else "",
            _("Register a system") if may_manage else "",
        ),
    )
    context = {"may_manage": may_manage, "strangers": queries.unmatched().count()}
    return lists.show(request, listing, "feeds/list_feeds.html", context)


@routes.at("feeds/register/", "feeds-register-feed")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.FEED_MANAGE)
def register_feed(request: StaffRequest) -> HttpResponse:
    """Register the log of another system; with a sample file, see first how it would be read."""
    start = initial_of("", "csv", {}, SILENT_AT_FIRST)
    form = FeedForm(request.POST or None, request.FILES or None, initial=start)

    def register() -> Feed:
        given = form.cleaned_data
        return feeds.register_feed(
            request.actor,
            name=given["name"],
            system=given["system"],
            reading=feeds.Reading(reader=given["reader"], mapping=form.mapping()),
            silent_minutes=given["silent"],
        )

    return _form_page(request, form, register, None)


@routes.at("feeds/feed/<slug:name>/change/", "feeds-change-feed")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.FEED_MANAGE)
def change_feed(request: StaffRequest, name: str) -> HttpResponse:
    """Change how a feed is read; with a sample file, see first how it would be."""
    feed = queries.feed(name)
    start = initial_of(feed.system, feed.reader, feed.mapping, feed.silent_minutes)
    form = FeedForm(request.POST or None, request.FILES or None, initial=start)
    del form.fields["name"]

    def change() -> Feed:
        given = form.cleaned_data
        return feeds.change_feed(
            request.actor,
            name,
            system=given["system"],
            reading=feeds.Reading(reader=given["reader"], mapping=form.mapping()),
            silent_minutes=given["silent"],
        )

    return _form_page(request, form, change, feed)


def _form_page(request: StaffRequest, form: FeedForm, act: Any, feed: Feed | None) -> HttpResponse:
    """The form of a feed: shown, previewed with a sample, or done."""
    shown: Preview | None = None
    if "preview" in request.POST:
        shown = refusals.attempt(form, lambda: _placed(form, _previewed), places=_AT)
    elif request.method == "POST":
        done = refusals.attempt(
            form, lambda: _placed(form, lambda form: _acted(form, act)), places=_AT
        )
        if done is not None:
            messages.success(request, _("Saved. The feed takes records in this way from now on."))
            return redirect("feeds-view-feed", done.name)
    crumbs = [crumb(_("Access logs of other systems"), "feeds-list-feeds")]
    if feed is not None:
        crumbs.append(crumb(feed.system, "feeds-view-feed", feed.name))
    page = FormPage(
        title=_("Change feed") if feed else _("Register a system"),
        crumbs=crumbs,
        submit=_("Save"),
        wide=True,
    )
    return form_pages.show(request, page, form, template="feeds/feed_form.html", shown=shown)


def _acted(form: FeedForm, act: Any) -> Feed | None:
    """The feed after the act; None when a line of the form is none, which it then says."""
    try:
        done: Feed = act()
    except django_forms.ValidationError as wrong:
        form.add_error(None, wrong)
        return None
    return done


def _placed(form: FeedForm, act: Callable[[FeedForm], Any]) -> Any:
    """What the verb gives; what is wrong with the mapping is said at its field, by the field's name."""
    try:
        return act(form)
    except MappingWrong as wrong:
        raise _at_its_field(form, wrong) from None


def _at_its_field(form: FeedForm, wrong: TutelaError) -> TutelaError:
    name = field_of(str(wrong.params.get("part", "")))
    if not isinstance(wrong, MappingWrong) or not name:
        return wrong
    return MappingWrong(part=str(form.fields[name].label), field=name)


def _previewed(form: FeedForm) -> Preview | None:
    """The sample as it would be read. Where the mapping is not whole yet, its columns, and what is missing."""
    sample = form.cleaned_data.get("sample")
    if sample is None:
        form.add_error("sample", _("Choose a file first."))
        return None
    reader = form.cleaned_data["reader"]
    try:
        mapping = form.mapping()
        with sample.source().open() as stream:
            try:
                return preview(reader, mapping, stream)
            except (MappingWrong, LineWrong) as wrong:
                refusals.refuse(form, _at_its_field(form, wrong), _AT)
                return Preview(columns_of(reader, mapping, stream), [])
    except django_forms.ValidationError as wrong:
        form.add_error(None, wrong)
        return None


@routes.at("feeds/feed/<slug:name>/", "feeds-view-feed")
@require_http_methods(["GET", "HEAD", "POST"])
@gate.needs(permissions.FEED_READ)
def view_feed(request: StaffRequest, name: str) -> HttpResponse:
    """One feed: what came, what is missing, who is not matched, its keys; a posted file is taken in."""
    form = LogFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        gate.require(request.actor, permissions.LOOKS_DELIVER)
        done = refusals.attempt(form, lambda: _delivered(request, name, form))
        if done is not None:
            told = _(
                "%(looks)s accesses taken in, %(doubled)s received before, %(others)s lines tell of none."
            )
            counts = {"looks": done.looks, "doubled": done.doubled, "others": done.others}
            messages.success(request, told % counts)
            return redirect("feeds-view-feed", name)
    (covered,) = coverage.covered(request.actor, [queries.feed(name).name])
    return refusals.page(request, "feeds/view_feed.html", _context(request, covered, form), form)


def _delivered(request: StaffRequest, name: str, form: LogFileForm) -> Delivery:
    with form.cleaned_data["file"].source().open() as stream:
        return deliveries.deliver_looks(request.actor, name, stream, Door.FILE)


def _context(request: StaffRequest, covered: Coverage, form: LogFileForm) -> dict[str, Any]:
    feed, actor = covered.feed, request.actor
    may_manage = gate.holds(actor, _MANAGE)
    sent = list(feed.deliveries.order_by("-began_at")[:DELIVERIES_SHOWN])
    names = people.names([each.by for each in sent])
    gaps = queries.gaps(feed.id)
    return {
        "line": _line(covered),
        "feed": feed,
        "covered": covered,
        "gaps": gaps[: queries.GAPS_SHOWN],
        "more_gaps": len(gaps) > queries.GAPS_SHOWN,
        "deliveries": [(each, DOORS[each.door], names.get(each.by, "")) for each in sent],
        "keys": [(key, _revoking(key)) for key in feed.keys.order_by("-made_at")],
        "key_form": KeyForm(),
        "file_form": form,
        "may_manage": may_manage,
        "may_deliver": feed.is_open and gate.holds(actor, permissions.LOOKS_DELIVER),
        "may_see_customers": gate.holds(actor, permissions.COVERAGE_READ),
        "closing": _closing(feed),
    }


def _revoking(key: FeedKey) -> Confirm:
    return Confirm(
        code=f"revoke-{key.id}",
        title=_("Revoke this key?"),
        texts=[_("Deliveries that it signs are refused from now on. What came stays.")],
        action=reverse("feeds-revoke-key", args=[key.id]),
        submit=_("Revoke"),
        look="btn btn-sm",
        danger=True,
    )


def _closing(feed: Feed) -> Confirm:
    return Confirm(
        code="close-feed",
        title=_("Close this feed?"),
        texts=[_("It takes no more records and counts as closed. What came stays in the trail.")],
        action=reverse("feeds-close-feed", args=[feed.name]),
        submit=_("Close feed"),
        danger=True,
    )


@routes.at("feeds/feed/<slug:name>/close/", "feeds-close-feed")
@require_POST
@gate.needs(permissions.FEED_MANAGE)
def close_feed(request: StaffRequest, name: str) -> HttpResponse:
    """Take no more records of a feed."""
    feeds.close_feed(request.actor, name)
    return redirect("feeds-view-feed", name)


@routes.at("feeds/feed/<slug:name>/reopen/", "feeds-reopen-feed")
@require_POST
@gate.needs(permissions.FEED_MANAGE)
def reopen_feed(request: StaffRequest, name: str) -> HttpResponse:
    """Take records of a closed feed again."""
    feeds.reopen_feed(request.actor, name)
    return redirect("feeds-view-feed", name)


@routes.at("feeds/feed/<slug:name>/keys/make/", "feeds-make-key")
@require_POST
@gate.needs(permissions.FEED_MANAGE)
def make_key(request: StaffRequest, name: str) -> HttpResponse:
    """Make a key of a feed and show its secret, this once."""
    form = KeyForm(request.POST)
    made = refusals.attempt(
        form, lambda: keys.make_key(request.actor, name, form.cleaned_data["kind"])
    )
    if made is None:
        for error in form.errors.values():
            messages.error(request, str(error[0]))
        return redirect("feeds-view-feed", name)
    key, secret = made
    context = {"key": key, "secret": secret, "feed": key.feed}
    return refusals.page(request, "feeds/key_made.html", context)


@routes.at("feeds/keys/<uuid:key_id>/revoke/", "feeds-revoke-key")
@require_POST
@gate.needs(permissions.FEED_MANAGE)
def revoke_key(request: StaffRequest, key_id: UUID) -> HttpResponse:
    """Accept a key no more."""
    key = keys.revoke_key(request.actor, key_id)
    messages.success(request, _("The key is revoked."))
    return redirect("feeds-view-feed", key.feed.name)


@routes.at("feeds/accounts/", "feeds-list-accounts")
@require_safe
@gate.needs(permissions.FEED_READ)
def list_accounts(request: StaffRequest) -> HttpResponse:
    """Accounts of other systems that are matched to nobody, those with most accesses first."""
    page = page_of(request, coverage.strangers(request.actor))
    return _accounts_page(request, page)


def _accounts_page(
    request: StaffRequest, page: Any, refused: tuple[UUID, MatchForm] | None = None
) -> HttpResponse:
    def form_of(account: Account) -> MatchForm:
        if refused and refused[0] == account.id:
            return refused[1]
        return MatchForm(auto_id=f"match-{account.id}-%s")

    listing = Listing(
        title=_("Accounts without a person"),
        intro=_("Names in other systems that are neither a login nor a staff number here."),
        crumbs=[crumb(_("Access logs of other systems"), "feeds-list-feeds")],
        columns=_ACCOUNTS,
        rows=[(account, form_of(account)) for account in page],
        page=page,
        empty=Empty("user-check", _("Every account is matched")),
    )
    context = {"may_manage": gate.holds(request.actor, _MANAGE)}
    shown = [refused[1]] if refused else []
    return refusals.page(
        request, "feeds/list_accounts.html", {"listing": listing} | context, *shown
    )


@routes.at("feeds/accounts/<uuid:account_id>/match/", "feeds-match-account")
@require_POST
@gate.needs(permissions.FEED_MANAGE)
def match_account(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Say who an account is."""
    form = MatchForm(request.POST, auto_id=f"match-{account_id}-%s")
    queries.account(account_id)

    def match() -> Account | None:
        try:
            return accounts.match_account(request.actor, account_id, form.cleaned_data["person"])
        except StaffUnknown:
            form.add_error("person", _("Nobody has this sign-in name or staff number."))
            return None

    done = refusals.attempt(form, match)
    if done is None:
        page = page_of(request, coverage.strangers(request.actor))
        return _accounts_page(request, page, (account_id, form))
    messages.success(request, _("Matched. New accesses of this account name the person."))
    return redirect("feeds-list-accounts")
