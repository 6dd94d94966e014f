"""The second questions before a backup or a drill is started, where the reader may start one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tutela.access import gate
from tutela.access.gate import StaffRequest
from tutela.web.confirm import Confirm

from . import permissions
from .forms import DrillForm, StartForm


def confirm(request: StaffRequest, form: StartForm | None = None) -> Confirm | None:
    """Of a backup; None for whom there is none."""
    if not gate.holds(request.actor, permissions.RUN):
        return None
    return Confirm(
        code="start-run",
        title=_("Back up now?"),
        texts=[
            _(
                "The whole database is read in one snapshot, sealed, and written to every target in use."
            ),
        ],
        action=reverse("backup-start-run"),
        submit=_("Back up now"),
        look="btn btn-primary",
        icon="database-export",
        form=form or StartForm(),
    )


def drill(request: StaffRequest, form: DrillForm | None = None) -> Confirm | None:
    """Of a restore drill; None for whom there is none."""
    if not gate.holds(request.actor, permissions.DRILL):
        return None
    return Confirm(
        code="start-drill",
        title=_("Start a restore drill?"),
        texts=[
            _(
                "The recovery time counts from now on. A set is restored into a scratch database of its own, "
                "checked, and destroyed again; the running service is not touched."
            ),
        ],
        action=reverse("backup-start-drill"),
        submit=_("Start drill"),
        look="btn btn-primary",
        icon="lifebuoy",
        form=form or DrillForm(),
    )
