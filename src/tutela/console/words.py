"""Words for people: kinds of look, states. The codes stay beside them on the pages."""

from django.utils.translation import gettext_lazy as _

ACTORS = {"anonymous": _("not signed in"), "system": _("the system")}
"""Who acts without a name."""
BROKEN = {
    "unreadable": _("the stored bytes are not a valid entry"),
    "hash": _("the stored bytes do not match their hash"),
    "columns": _("the row's columns differ from its bytes"),
    "time": _("the row's time differs from its bytes"),
}
"""Why an entry of the trail cannot be believed, by the words of `trail.reading`."""
REFUSALS = {
    "access.account_disabled": _("account disabled"),
    "access.api_key_refused": _("API key refused"),
    "access.channel_closed": _("channel not permitted"),
    "access.grant_refused": _("grant does not match"),
    "access.link_invalid": _("link not valid"),
    "access.no_cell": _("not in the permission matrix"),
    "access.out_of_scope": _("outside own scope"),
    "access.own_record": _("own customer record"),
    "access.permission_missing": _("function not included in the post"),
    "access.quota_spent": _("quota used up"),
    "access.second_factor_missing": _("no second factor set up"),
    "access.second_person_needed": _("second person required"),
    "access.sign_in_failed": _("wrong name or password"),
    "access.sign_in_needed": _("not signed in"),
    "access.stale": _("permissions not up to date"),
    "access.step_up_needed": _("second factor not confirmed"),
    "access.too_many_attempts": _("too many attempts"),
    "access.work_item_missing": _("no open work item"),
    "assessment.second_person_missing": _("submitter may not confirm"),
    "committee.second_person_missing": _("author of the correction may not sign"),
    "governance.not_yours": _("belongs to another department or post"),
    "governance.second_person_missing": _("drafter may not sign"),
    "vault.customer_not_found": _("customer does not exist"),
    "vault.record_not_found": _("record does not exist"),
    "vault.search_limit": _("too many searches"),
}
"""Why an attempt was refused, in a few words, by the codes that people meet most."""
WORK_ITEM = _("Work item")
