"""Why an import is not undone, each as one sentence."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class UndoImpossible(Conflict):
    code = "vault.undo.impossible"
    sentence = _(
        "Only a finished import that wrote records can be undone; work items and rehearsals cannot."
    )


class UndoFromBefore(Conflict):
    code = "vault.undo.from_before"
    sentence = _(
        "This import is older than the version that can undo imports: it was not kept in which branches its "
        "customers were before."
    )


class UndoTooLate(Conflict):
    code = "vault.undo.too_late"
    sentence = _("This import ended more than %(days)s days ago and can no longer be undone.")


class UndoBlocked(Conflict):
    code = "vault.undo.blocked"
    sentence = _(
        "%(rows)s records of this import were changed or used since. An import is undone as a whole or "
        "not at all."
    )


class UndoOpen(Conflict):
    code = "vault.undo.open"
    sentence = _("Undoing this import has been proposed already, or it is undone.")


class UndoDecided(Conflict):
    code = "vault.undo.decided"
    sentence = _("This proposal has been decided already.")


class SamePerson(NotAllowed):
    code = "vault.undo.same_person"
    sentence = _("Whoever proposed to undo an import does not approve it; a second person must.")


class UndoMissing(NotFound):
    code = "vault.undo.missing"
    sentence = _("Nobody has proposed to undo this import.")


class UndoReasonMissing(Invalid):
    code = "vault.undo.reason_missing"
    sentence = _("Say why the import is to be undone.")
