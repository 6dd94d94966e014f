"""Words for people: kinds of look, states. The codes stay beside them on the pages."""

from django.utils.translation import gettext_lazy as _

from tutela.trail.leaves import Exposure

ACTORS = {"anonymous": _("not signed in"), "system": _("the system")}
"""Who acts without a name."""
BROKEN = {
    "unreadable": _("the stored bytes are no entry"),
    "hash": _("the stored bytes are not what was hashed"),
    "columns": _("the row says another thing than its bytes"),
    "time": _("the row names another moment than its bytes"),
}
"""Why an entry of the trail cannot be believed, by the words of `trail.reading`."""
REFUSALS = {
    "access.account_disabled": _("the account is disabled"),
    "access.api_key_refused": _("the API key was refused"),
    "access.channel_closed": _("this channel is closed"),
    "access.grant_refused": _("the grant does not fit"),
    "access.link_invalid": _("the link is not valid"),
    "access.no_cell": _("not in the permission matrix"),
    "access.out_of_scope": _("outside the own scope"),
    "access.own_record": _("the own customer record"),
    "access.permission_missing": _("the post lacks this function"),
    "access.quota_spent": _("the quota is spent"),
    "access.second_factor_missing": _("no second factor set up"),
    "access.second_person_needed": _("a second person is needed"),
    "access.sign_in_failed": _("wrong name or password"),
    "access.sign_in_needed": _("not signed in"),
    "access.stale": _("the rights were not fresh"),
    "access.step_up_needed": _("second factor not confirmed"),
    "access.too_many_attempts": _("too many attempts"),
    "access.work_item_missing": _("no open work item"),
    "assessment.second_person_missing": _("whoever handed in may not confirm"),
    "committee.second_person_missing": _("whoever corrected may not sign"),
    "governance.not_yours": _("the work of another department or post"),
    "governance.second_person_missing": _("whoever drafted may not sign"),
    "vault.customer_not_found": _("there is no such customer"),
    "vault.record_not_found": _("there is no such record"),
    "vault.search_limit": _("too many searches"),
}
"""Why an attempt was refused, in a few words, by the codes that people meet most."""
EXPOSURES = {
    Exposure.NONE: _("nothing shown"),
    Exposure.LIST_MASKED: _("masked, in a list"),
    Exposure.DETAIL_MASKED: _("masked"),
    Exposure.CLEAR: _("in clear"),
    Exposure.EXPORT: _("exported"),
    Exposure.PRINT: _("printed"),
    Exposure.WRITE: _("written"),
}
