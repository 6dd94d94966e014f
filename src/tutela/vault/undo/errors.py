"""Why an import is not undone, each as one sentence."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class UndoImpossible(Conflict):
    code = "vault.undo.impossible"
    sentence = _(
        "Only a finished import that wrote records can be undone; work items and dry runs cannot."
    )


class UndoFromBefore(Conflict):
    code = "vault.undo.from_before"
    sentence = _(
        "This import predates the support for undo: the previous branches of its "
        "customers were not recorded."
    )


class UndoTooLate(Conflict):
    code = "vault.undo.too_late"
    sentence = _("This import finished more than %(days)s days ago and can no longer be undone.")


class UndoBlocked(Conflict):
    code = "vault.undo.blocked"
    sentence = _(
        "%(rows)s records of this import have been changed or used since. An import "
        "can only be undone as a whole."
    )


class UndoOpen(Conflict):
    code = "vault.undo.open"
    sentence = _("The undo of this import has already been proposed or completed.")


class UndoDecided(Conflict):
    code = "vault.undo.decided"
    sentence = _("This proposal has already been decided.")


class SamePerson(NotAllowed):
    code = "vault.undo.same_person"
    sentence = _("The proposer cannot approve the undo; a second person must.")


class UndoMissing(NotFound):
    code = "vault.undo.missing"
    sentence = _("No undo of this import has been proposed.")


class UndoReasonMissing(Invalid):
    code = "vault.undo.reason_missing"
    sentence = _("State why the import should be undone.")
