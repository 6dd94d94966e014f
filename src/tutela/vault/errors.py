"""What the vault refuses. Parameters are codes, ids and counts, never values."""

import re

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable

# A code, or the number of one: no telephone or id number has so few digits.
_NAME = re.compile("[a-z][a-z0-9_]{0,39}|[0-9]{1,5}", re.ASCII)


class ReasonMissing(Invalid):
    code = "vault.reason_missing"
    sentence = _("Say why you need the clear value.")


class PurposeMissing(Invalid):
    code = "vault.purpose_missing"
    sentence = _("State a purpose that is on the list of purposes.")


class UnknownField(Invalid):
    """`field` is what somebody typed: it is told again only if it can be a field's code or id."""

    code = "vault.unknown_field"
    sentence = _("The catalogue has no field “%(field)s”.")

    def __init__(self, *, field: str) -> None:
        super().__init__(field=field if _NAME.fullmatch(field) else "?")


class BadFieldValue(Invalid):
    code = "vault.bad_value"
    sentence = _("The value given for “%(field)s” does not have the form of that field.")


class FieldMissing(Invalid):
    code = "vault.field_missing"
    sentence = _("The field “%(field)s” must be filled in.")


class NotSearchable(Invalid):
    code = "vault.not_searchable"
    sentence = _("Nobody can search by “%(field)s” in this way.")


class TooManyHits(Invalid):
    code = "vault.too_many_hits"
    sentence = _("More than %(limit)s records match. Search by something more exact.")


class TooManyAsked(Invalid):
    code = "vault.too_many_asked"
    sentence = _("Ask for at most %(limit)s customers at a time.")


class SearchLimit(Invalid):
    """Too many searches in the last minute; searching is how a list would be guessed out."""

    code = "vault.search_limit"
    sentence = _("You may search %(limit)s times a minute. Wait a little.")
    http_status = 429
    traced = True


class CustomerNotFound(NotFound):
    """There is none, or it is outside the actor's scope: the answer never tells which."""

    code = "vault.customer_not_found"
    sentence = _("There is no such customer, or none that you may know of.")
    traced = True


class BranchUnknown(NotFound):
    code = "vault.branch_unknown"
    sentence = _("There is no such branch, or it is not in your scope for this purpose.")


class RecordNotFound(NotFound):
    code = "vault.record_not_found"
    sentence = _("There is no such record of this customer.")
    traced = True


class RecordChanged(Conflict):
    code = "vault.record_changed"
    sentence = _("Somebody has changed this record meanwhile. Load it again.")


class IdentityTaken(Conflict):
    code = "vault.identity_taken"
    sentence = _("There is already a customer with this id number.")


class RecordBroken(Unavailable):
    """The cells of a record are not what was written; the cause is never told apart."""

    code = "vault.record_refused"
    sentence = _("The record did not pass its integrity check. Nothing is shown; it was logged.")


class VerifyRunning(Conflict):
    code = "vault.verify_running"
    sentence = _("Another process is comparing the vault with the trail now.")


class DestructionNotFound(NotFound):
    code = "vault.destruction_not_found"
    sentence = _("There is no such order, or none that you may know of.")


class DestructionDecided(Conflict):
    code = "vault.destruction_decided"
    sentence = _("This order has been decided already.")


class DestructionOpen(Conflict):
    code = "vault.destruction_open"
    sentence = _("There is an open order to destroy this customer already.")


class SamePerson(NotAllowed):
    """Whoever proposed may withdraw, not approve."""

    code = "vault.same_person"
    sentence = _("Whoever proposed the destruction cannot approve it; a second person must.")


class SourceNotRegistered(NotAllowed):
    """A machine writes by files only what is its own source's."""

    code = "vault.source_not_registered"
    sentence = _(
        "This machine account is not registered to feed these rows under this source's name. "
        "Two people register it under Sources."
    )


class SourceUnknown(NotFound):
    code = "vault.source_unknown"
    sentence = _("There is no such proposal about a source.")


class SourceBad(Invalid):
    code = "vault.source_bad"
    sentence = _(
        "Give the source a name of 1 to 40 letters, digits, - and _, a machine and what it brings."
    )


class SourceWaiting(Conflict):
    code = "vault.source_waiting"
    sentence = _("A proposal about this source and this machine waits for a second person already.")


class AlreadyDecided(Conflict):
    code = "vault.already_decided"
    sentence = _("Somebody has decided this already.")


class ProposerGone(Conflict):
    """The first of two people has left, or lost the post or the branch, before the second decided."""

    code = "vault.proposer_gone"
    sentence = _(
        "Whoever proposed this may not propose it any more. Set it aside; somebody who may can propose it anew."
    )


class SecondPersonIsFirst(NotAllowed):
    code = "vault.second_person_is_first"
    sentence = _("Whoever began this cannot be the second person. Ask somebody else.")


class ClassNotWritable(NotAllowed):
    """`field` is a field's code."""

    code = "vault.class_not_writable"
    sentence = _(
        "The permission matrix does not let your post write the field “%(field)s”. "
        "Leave the column out, or have a source feed bring it."
    )


class HeldRowUnknown(NotFound):
    code = "vault.held_row_unknown"
    sentence = _("There is no such held row, or none that you may know of.")


class HeldRowBeyond(NotAllowed):
    code = "vault.held_row_beyond"
    sentence = _(
        "Only a steward whose branches are the whole company can accept this row: "
        "it is of no customer of yours."
    )


class HeldRowStuck(Conflict):
    """`reason` is the code of a rejected row."""

    code = "vault.held_row_stuck"
    sentence = _(
        "The row cannot be written as it is (%(reason)s). Reject it, and have it imported again."
    )


class MoveUnknown(NotFound):
    code = "vault.move_unknown"
    sentence = _("There is no such move, or none that you may know of.")


class MoveWaiting(Conflict):
    code = "vault.move_waiting"
    sentence = _("A move of this customer waits for a second person already.")


class AssignmentUnknown(NotFound):
    code = "vault.assignment_unknown"
    sentence = _("There is no such assignment, or none that you may know of.")


class AssignmentWaiting(Conflict):
    code = "vault.assignment_waiting"
    sentence = _("This work item waits for a second person already.")


class AssigneeUnknown(Invalid):
    code = "vault.assignee_unknown"
    sentence = _("There is no active person with this login or staff number.")


class AssigneeIsSelf(NotAllowed):
    code = "vault.assignee_is_self"
    sentence = _("Nobody assigns a work item to themselves. Ask another supervisor.")


class WorkItemUnknown(Invalid):
    code = "vault.work_item_unknown"
    sentence = _("This customer has no work item of this number.")


class WorkItemsFromFeeds(NotAllowed):
    code = "vault.work_items_from_feeds"
    sentence = _(
        "Work items come from the feed of their source. To give one customer's work to somebody, "
        "assign it on the customer's page."
    )


class MoveBad(Invalid):
    code = "vault.move_bad"
    sentence = _("Give another branch than the customer's own.")
