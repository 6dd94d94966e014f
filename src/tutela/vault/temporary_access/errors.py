"""What only the vault can say of a request."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid


class NobodyFound(Conflict):
    code = "vault.temporary_access.nobody_found"
    sentence = _(
        "The search of this request does not lead to customers in your scope. Reject the request."
    )


class WhomMissing(Invalid):
    code = "vault.temporary_access.whom_missing"
    sentence = _("Name the customers, or one search that leads to them.")


class SearchNotExact(Invalid):
    code = "vault.temporary_access.search_not_exact"
    sentence = _("A request can be made only by a complete value, not by its last four characters.")
