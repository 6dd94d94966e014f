"""Errors of the trail."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


class TrailClosed(Unavailable):
    """The log cannot be written, so nothing may be shown. `why` is a value of `pulse.Why`."""

    code = "trail.closed"
    sentence = _("The access log cannot be written (%(why)s), so customer data is closed.")


class TrailStrained(Unavailable):
    """The log is slow or its tree behind: nothing is exported or printed until it has caught up."""

    code = "trail.strained"
    sentence = _("The access log is behind. Exports and prints wait until it has caught up.")


class ReceiptRefused(Unavailable):
    """No fresh receipt covers the request: a fault of the program, not of the person."""

    code = "trail.receipt_refused"
    sentence = _("No current log entry covers this access (%(why)s). Nothing was shown.")


class LeafRefused(Invalid):
    """A leaf contains something that may not enter the log; `part` names it without its value."""

    code = "trail.leaf_refused"
    sentence = _("The log entry cannot be written: %(part)s is not allowed for %(event)s.")


class LeafTooLarge(Invalid):
    """A leaf exceeds LEAF_LIMIT bytes."""

    code = "trail.leaf_too_large"
    sentence = _("The log entry is too large: %(size)s bytes, at most %(most)s.")


class NoSuchEvent(Invalid):
    """No room declares an event of this name, or one that begins so."""

    code = "trail.no_such_event"
    sentence = _("There is no event of this name.")


class TransactionMissing(Unavailable):
    """A change's leaf needs the open transaction of the change."""

    code = "trail.transaction_missing"
    sentence = _("A change can only be logged within its own transaction.")


class SecondPlaceDamaged(Unavailable):
    """The file that says which tree was signed last cannot be understood: nothing is signed."""

    code = "trail.second_place_damaged"
    sentence = _(
        "The record of the last signed entry is damaged (%(path)s), so the access log is not signed."
    )


class SecondPlaceAhead(Unavailable):
    """Another leader has signed more than this one knows of."""

    code = "trail.second_place_ahead"
    sentence = _("Another process has signed more of the access log than this one.")


class SignerFailed(Unavailable):
    """Leaves have their places but nobody can sign. `why` is the type of the error."""

    code = "trail.signer_failed"
    sentence = _("The access log cannot be signed (%(why)s).")


class LeafNotPlaced(Unavailable):
    """A leaf has no place in a signed tree yet."""

    code = "trail.leaf_not_placed"
    sentence = _("This entry is not in a signed checkpoint yet. Try again in a moment.")


class NothingPlaced(Invalid):
    """No leaf of the time stands in a signed tree."""

    code = "trail.nothing_placed"
    sentence = _("The signed access log has no entries in this period.")


class TreeIncomplete(Unavailable):
    """The stored tree does not prove what was signed: tiles or leaves are missing or altered, from `index` on."""

    code = "trail.tree_incomplete"
    sentence = _(
        "The stored log does not match its checkpoint (entry %(index)s). Verify the access trail."
    )


class RangePurged(Invalid):
    """A whole export would begin or go through a month that was purged."""

    code = "trail.range_purged"
    sentence = _("Entries of %(month)s in this period were purged. Choose days after it.")


class RangeTooLarge(Invalid):
    """A whole export has more leaves than this door or this kind of table takes."""

    code = "trail.range_too_large"
    sentence = _("The period has %(count)s entries, at most %(limit)s fit. Choose fewer days.")


class SegmentUnreadable(Unavailable):
    """The files of a sealed month, and all its copies, are missing or not what was sealed."""

    code = "trail.segment_unreadable"
    sentence = _(
        "The sealed entries of %(month)s cannot be read: neither the files nor a copy are as they were sealed."
    )


class SegmentSlow(Unavailable):
    """A search through sealed months took longer than it may."""

    code = "trail.segment_slow"
    sentence = _("The search through sealed months takes too long. Choose a shorter period.")


class SegmentUnknown(NotFound):
    """No month is sealed under this name."""

    code = "trail.segment_unknown"
    sentence = _("No sealed month has this name.")


class ReasonMissing(Invalid):
    """A hold is placed or lifted without a reason."""

    code = "trail.reason_missing"
    sentence = _("State a reason.")


class MonthsBackwards(Invalid):
    """A hold ends before it begins."""

    code = "trail.months_backwards"
    sentence = _("The last month is before the first one.")


class HoldUnknown(NotFound):
    """No hold of this id stands."""

    code = "trail.hold_unknown"
    sentence = _("No legal hold of this id is in force.")


class HoldStands(Conflict):
    """A segment may not be purged while a hold names its month."""

    code = "trail.hold_stands"
    sentence = _("A legal hold is in force for this month. Nothing of it may be purged.")


class BasisUnknown(Invalid):
    """A purge needs one of the bases of rules.BASES."""

    code = "trail.basis_unknown"
    sentence = _("Choose the basis of the purge.")


class PurgeTooEarly(Conflict):
    """A segment must still be kept."""

    code = "trail.purge_too_early"
    sentence = _("This month must still be kept.")


class SegmentHot(Conflict):
    """A month that the database still holds, or that is not sealed with two copies."""

    code = "trail.segment_hot"
    sentence = _("The database still holds this month, or two good copies of it are missing.")


class PurgeUnknown(NotFound):
    """There is no proposal of this id."""

    code = "trail.purge_unknown"
    sentence = _("There is no such request to purge.")


class PurgeDecided(Conflict):
    """A proposal was decided already, or the segment has one that waits."""

    code = "trail.purge_decided"
    sentence = _("The purge of this month is already requested or decided. Reload the page.")


class PurgeSamePerson(NotAllowed):
    """Whoever proposed a purge cannot approve it."""

    code = "trail.purge_same_person"
    sentence = _("A second person must approve: you requested this purge yourself.")


class SegmentsBusy(Conflict):
    """Another process works on segments."""

    code = "trail.segments_busy"
    sentence = _("Sealed months are being worked on at the moment. Try again later.")


class SealDiffers(Unavailable):
    """A month was read back from its file and is not what the tree has; nothing was sealed."""

    code = "trail.seal_differs"
    sentence = _(
        "Month %(month)s was not sealed: entry %(index)s differs from the tree (%(fault)s)."
    )


class PurgeProposerGone(Conflict):
    """Whoever requested a purge has left, or lost the post, before the second person decided."""

    code = "trail.purge_proposer_gone"
    sentence = _(
        "Who requested this purge may no longer do so. Reject it; someone who may can request it again."
    )


class ProposalUnknown(NotFound):
    """Nothing of this id was proposed."""

    code = "trail.proposal_unknown"
    sentence = _("There is no such request.")


class ProposalDecided(Conflict):
    """What was proposed is decided, or the same is proposed and waits."""

    code = "trail.proposal_decided"
    sentence = _("This is already requested or decided. Reload the page.")


class ProposalSamePerson(NotAllowed):
    """Whoever proposed it cannot decide it."""

    code = "trail.proposal_same_person"
    sentence = _("A second person must approve: you requested this yourself.")


class ProposerGone(Conflict):
    """Whoever proposed it has left, or lost the post, before the second person decided."""

    code = "trail.proposer_gone"
    sentence = _(
        "Who requested this may no longer do so. Reject it; someone who may can request it again."
    )


class NoFaultStands(Conflict):
    """There is nothing to answer for."""

    code = "trail.no_fault_stands"
    sentence = _("No fault of the trail is waiting to be acknowledged.")


class FaultsChanged(Conflict):
    """Other faults stand than those that were read."""

    code = "trail.faults_changed"
    sentence = _("The faults have changed since this page was opened. Read them again.")


class PolicyDamaged(Unavailable):
    """The policy file cannot be read; `line` is 0 for the whole, `why` a word of docs/witnesses.md."""

    code = "trail.policy_damaged"
    sentence = _("The policy of witnesses cannot be read (%(path)s, line %(line)s: %(why)s).")


class CosignatureRefused(Invalid):
    """No cosignature of our checkpoint by a witness of the policy; `why` is a word of docs/witnesses.md."""

    code = "trail.cosignature_refused"
    sentence = _("The cosignature was not kept (%(why)s).")


class WitnessUnknown(NotFound):
    """The policy has no witness of this name, or there is no policy."""

    code = "trail.witness_unknown"
    sentence = _("The policy has no such witness.")
