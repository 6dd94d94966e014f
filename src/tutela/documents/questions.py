"""What is asked before a version is approved or published: a sentence that says what is in force, from when."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.language import name_of
from tutela.web.confirm import Confirm

from . import queries
from .models import Approval, Version


def approving(version: Version, in_force: Version | None) -> Confirm:
    """What an approval brings about, and what stays in force meanwhile."""
    have = version.approvals.filter(round=version.round, verdict=Approval.Verdict.APPROVED).count()
    text = (
        _("With your approval version %(number)s of “%(name)s” is approved and can be published.")
        if have
        else _(
            "With your approval version %(number)s of “%(name)s” has the first of two approvals."
        )
    )
    return Confirm(
        code="approve",
        title=_("Approve this version?"),
        texts=[text % _facts(version), _until_then(in_force)],
        action=reverse("documents-approve", args=[version.id]),
        submit=_("Approve"),
        icon="check",
        look="btn btn-primary",
        hidden={"round": str(version.round)},
    )


def _until_then(in_force: Version | None) -> str:
    if in_force is None:
        return _("Until it is published, nothing is in force.")
    return _("Until it is published, version %(number)s stays in force.") % {
        "number": in_force.number
    }


def publishing(version: Version, in_force: Version | None) -> Confirm:
    """What is in force from today on, what is superseded, and who is asked to read."""
    facts = _facts(version) | {
        "day": clock.today().isoformat(), "review": version.review_on.isoformat(),
        "people": queries.staff_count(),
    }  # fmt: skip
    texts = [
        _(
            "From today, %(day)s, version %(number)s of “%(name)s” is in force; it is to be reviewed "
            "by %(review)s."
        )
        % facts
    ]
    if in_force is not None:
        text = _("Version %(number)s is superseded and no longer in force.")
        texts.append(text % {"number": in_force.number})
    texts.append(_("All staff are asked to read it: %(people)s people.") % facts)
    return Confirm(
        code="publish",
        title=_("Publish this version?"),
        texts=texts,
        action=reverse("documents-publish", args=[version.id]),
        submit=_("Publish"),
        icon="speakerphone",
        look="btn btn-primary",
    )


def _facts(version: Version) -> dict[str, object]:
    return {"number": version.number, "name": name_of(version.document)}
