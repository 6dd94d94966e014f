"""The room's check for `tutela doctor`: the outbox."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check

from . import queries

LATE: Final = timedelta(minutes=15)


def notices_outbox() -> Check:
    outbox = queries.outbox()
    if outbox.failing or outbox.given_up:
        summary = _(
            "Notices that could not be sent: %(failing)s waiting for retry, %(given_up)s abandoned."
        )
        return Check(
            "notices.outbox",
            "bad" if outbox.given_up else "warning",
            summary % {"failing": outbox.failing, "given_up": outbox.given_up},
            _("See the page Notice channels for the cause, and retry them there."),
        )
    if outbox.due_since is not None and clock.now() - outbox.due_since > LATE:
        return Check(
            "notices.outbox",
            "warning",
            _("Notices waiting to be sent: %(waiting)s; the oldest has been due since %(since)s.")
            % {
                "waiting": outbox.waiting,
                "since": f"{timezone.localtime(outbox.due_since):%Y-%m-%d %H:%M}",
            },
            _("Start the worker: tutela up or tutela worker"),
        )
    if not settings.TUTELA_MAIL_URL:
        return Check(
            "notices.outbox", "warning", _("No mail server is configured; notices stay in the inbox."),
            _("Set TUTELA_MAIL_URL, see docs/operations.md."),
        )  # fmt: skip
    return Check(
        "notices.outbox",
        "good",
        _("No notice has failed to be sent; waiting: %(waiting)s.") % {"waiting": outbox.waiting},
    )
