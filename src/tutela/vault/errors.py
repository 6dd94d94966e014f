"""What the vault refuses. Parameters are codes, ids and counts, never values."""

import re

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable

# A code, or the number of one: no telephone or id number has so few digits.
_NAME = re.compile("[a-z][a-z0-9_]{0,39}|[0-9]{1,5}", re.ASCII)


class ReasonMissing(Invalid):
    code = "vault.reason_missing"
    sentence = _("State why you need the clear value.")


class PurposeMissing(Invalid):
    code = "vault.purpose_missing"
    sentence = _("Choose a purpose from the list of purposes.")


class UnknownField(Invalid):
    """`field` is what somebody typed: it is told again only if it can be a field's code or id."""

    code = "vault.unknown_field"
    sentence = _("The catalogue has no field “%(field)s”.")

    def __init__(self, *, field: str) -> None:
        super().__init__(field=field if _NAME.fullmatch(field) else "?")


class BadFieldValue(Invalid):
    code = "vault.bad_value"
    sentence = _("The value for “%(field)s” does not have the format of that field.")


class FieldMissing(Invalid):
    code = "vault.field_missing"
    sentence = _("The field “%(field)s” is required.")


class NotSearchable(Invalid):
    code = "vault.not_searchable"
    sentence = _("“%(field)s” cannot be searched in this way.")


class NotInTrail(Invalid):
    """Nobody with this value is named in the trail; whether there is such a customer is not told."""

    code = "vault.not_in_trail"
    sentence = _("The access trail names no customer with this value.")


class TooManyHits(Invalid):
    code = "vault.too_many_hits"
    sentence = _("More than %(limit)s records match. Use a more specific search.")


class NothingTyped(Invalid):
    code = "vault.nothing_typed"
    sentence = _("Enter a phone, identity, card, policy, claim or customer number, or a name.")


class TooLongToFind(Invalid):
    code = "vault.too_long_to_find"
    sentence = _("The text has more than %(limit)s characters. Paste one number or one name.")


class TooManyAsked(Invalid):
    code = "vault.too_many_asked"
    sentence = _("Request at most %(limit)s customers at a time.")


class SearchLimit(Invalid):
    """Too many searches in the last minute; searching is how a list would be guessed out."""

    code = "vault.search_limit"
    sentence = _("At most %(limit)s searches per minute are allowed. Please wait.")
    http_status = 429
    traced = True


class CustomerNotFound(NotFound):
    """There is none, or it is outside the actor's scope: the answer never tells which."""

    code = "vault.customer_not_found"
    sentence = _("The customer does not exist, or you do not have access.")
    traced = True


class BranchUnknown(NotFound):
    code = "vault.branch_unknown"
    sentence = _("The branch does not exist, or is not in your scope for this purpose.")


class RecordNotFound(NotFound):
    code = "vault.record_not_found"
    sentence = _("This customer does not have this record.")
    traced = True


class RecordChanged(Conflict):
    code = "vault.record_changed"
    sentence = _("Someone has changed this record in the meantime. Reload it.")


class IdentityTaken(Conflict):
    code = "vault.identity_taken"
    sentence = _("A customer with this id number already exists.")


class RecordBroken(Unavailable):
    """The cells of a record are not what was written; the cause is never told apart."""

    code = "vault.record_refused"
    sentence = _("The record failed its integrity check. Nothing is shown; the failure was logged.")


class VerifyRunning(Conflict):
    code = "vault.verify_running"
    sentence = _("Another process is already comparing the vault with the trail.")


class DestructionNotFound(NotFound):
    code = "vault.destruction_not_found"
    sentence = _("The destruction order does not exist, or you do not have access.")


class DestructionDecided(Conflict):
    code = "vault.destruction_decided"
    sentence = _("This destruction order has already been decided.")


class DestructionOpen(Conflict):
    code = "vault.destruction_open"
    sentence = _("There is already an open destruction order for this customer.")


class JournalClosed(Unavailable):
    code = "vault.journal_closed"
    sentence = _(
        "The journal of destructions %(path)s cannot be written or read. Nothing was destroyed. Check the disk "
        "and TUTELA_DESTROYED_FILE."
    )


class JournalDamaged(Unavailable):
    code = "vault.journal_damaged"
    sentence = _(
        "The journal of destructions %(path)s was altered. Nothing was destroyed. Put back its last good copy."
    )


class SamePerson(NotAllowed):
    """Whoever proposed may withdraw, not approve."""

    code = "vault.same_person"
    sentence = _("The proposer cannot approve the destruction; a second person must.")


class SourceNotRegistered(NotAllowed):
    """A machine writes by files only what is its own source's."""

    code = "vault.source_not_registered"
    sentence = _(
        "This machine account is not registered to deliver these rows for this source. "
        "Two people must register it under Sources."
    )


class SourceUnknown(NotFound):
    code = "vault.source_unknown"
    sentence = _("The proposal for a source does not exist.")


class SourceBad(Invalid):
    code = "vault.source_bad"
    sentence = _(
        "Enter a source name of 1 to 40 letters, digits, - and _, a machine account "
        "and the collections that it delivers."
    )


class SourceWaiting(Conflict):
    code = "vault.source_waiting"
    sentence = _(
        "A proposal for this source and this machine account is already "
        "waiting for a second person."
    )


class AlreadyDecided(Conflict):
    code = "vault.already_decided"
    sentence = _("This has already been decided.")


class ProposerGone(Conflict):
    """The first of two people has left, or lost the post or the branch, before the second decided."""

    code = "vault.proposer_gone"
    sentence = _(
        "The proposer is no longer authorised to propose this. Reject it; someone who "
        "is authorised can propose it again."
    )


class SecondPersonIsFirst(NotAllowed):
    code = "vault.second_person_is_first"
    sentence = _("The initiator cannot be the second person. Ask someone else.")


class ClassNotWritable(NotAllowed):
    """`field` is a field's code."""

    code = "vault.class_not_writable"
    sentence = _(
        "The permission matrix does not permit your post to write the field "
        "“%(field)s”. Leave the column out, or have a source feed deliver it."
    )


class HeldRowUnknown(NotFound):
    code = "vault.held_row_unknown"
    sentence = _("The held row does not exist, or you do not have access.")


class HeldRowBeyond(NotAllowed):
    code = "vault.held_row_beyond"
    sentence = _(
        "This row belongs to none of your customers: only a data steward for the whole "
        "company can accept it."
    )


class HeldRowStuck(Conflict):
    """`reason` is the code of a rejected row."""

    code = "vault.held_row_stuck"
    sentence = _(
        "The row cannot be written as it is (%(reason)s). Reject it, and have the "
        "corrected row imported again."
    )


class MoveUnknown(NotFound):
    code = "vault.move_unknown"
    sentence = _("The move does not exist, or you do not have access.")


class MoveWaiting(Conflict):
    code = "vault.move_waiting"
    sentence = _("A move of this customer is already waiting for a second person.")


class AssignmentUnknown(NotFound):
    code = "vault.assignment_unknown"
    sentence = _("The assignment does not exist, or you do not have access.")


class AssignmentWaiting(Conflict):
    code = "vault.assignment_waiting"
    sentence = _("This work item already has an assignment waiting for a second person.")


class AssigneeUnknown(Invalid):
    code = "vault.assignee_unknown"
    sentence = _("No active staff member has this login or staff number.")


class AssigneeIsSelf(NotAllowed):
    code = "vault.assignee_is_self"
    sentence = _("You cannot assign a work item to yourself. Ask another supervisor.")


class WorkItemUnknown(Invalid):
    code = "vault.work_item_unknown"
    sentence = _("This customer has no work item with this number.")


class WorkItemsFromFeeds(NotAllowed):
    code = "vault.work_items_from_feeds"
    sentence = _(
        "Work items come from their source's feed. To give a customer's work to "
        "someone, assign it on the customer's page."
    )


class MoveBad(Invalid):
    code = "vault.move_bad"
    sentence = _("Enter a branch other than the customer's current branch.")
