"""The check of the witnesses for `tutela doctor`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check

from .tree import witnesses
from .tree.policy_rules import NONE
from .tree.witnesses import Standing


def trail_witnesses() -> Check:
    """Whether enough witnesses vouch for the tree. Without a policy that is said, and is no loss."""
    found = witnesses.standing()
    if found.policy is None or found.policy.quorum == NONE:
        return Check(
            "trail.witnesses",
            "warning",
            _("No witness outside this system vouches for the trail: only its own key does."),
            _("Name witnesses in the policy file, see docs/witnesses.md."),
        )
    return _quorum(found)


def _quorum(found: Standing) -> Check:
    quorum, faults = found.quorum, [one for one in found.contacts.values() if one.fault]
    if any(one.fault == "contradicted" for one in faults):
        return Check(
            "trail.witnesses", "bad",
            _("A witness holds a signed checkpoint that this trail contradicts: an older copy was put "
              "back, or the trail was changed."),
            _("See docs/witnesses.md, what to do after a contradiction."),
        )  # fmt: skip
    if quorum is None:
        return Check(
            "trail.witnesses", "warning", _("The witnesses have not been asked yet."),
            _("Start the worker: tutela up or tutela worker"),
        )  # fmt: skip
    if quorum.is_lost(clock.now()):
        since = timezone.localtime(quorum.met_at or quorum.since)
        return Check(
            "trail.witnesses", "bad",
            _("Since %(since)s not enough witnesses have vouched for the trail.")
            % {"since": f"{since:%Y-%m-%d %H:%M}"},
            _("See the page Witnesses of the trail for each of them."),
        )  # fmt: skip
    if quorum.met_at is None:
        return Check(
            "trail.witnesses", "warning", _("The witnesses have not vouched for the trail yet.")
        )
    facts = {"size": quorum.size, "at": f"{timezone.localtime(quorum.met_at):%Y-%m-%d %H:%M}"}
    summary = _("Enough witnesses vouched for %(size)s entries of the trail at %(at)s.") % facts
    if faults:
        return Check(
            "trail.witnesses", "warning",
            summary + " " + _("Not answering as they should: %(count)s.") % {"count": len(faults)},
            _("See the page Witnesses of the trail for each of them."),
        )  # fmt: skip
    return Check("trail.witnesses", "good", summary)
