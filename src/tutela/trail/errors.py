"""Errors of the trail."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Invalid, Unavailable


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


class RangeTooLarge(Invalid):
    """A whole export has more leaves than this door or this kind of table takes."""

    code = "trail.range_too_large"
    sentence = _("The period has %(count)s entries, at most %(limit)s fit. Choose fewer days.")
