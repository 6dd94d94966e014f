"""Errors of the notices room."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Invalid, NotFound


class ParamsRefused(Invalid):
    code = "notices.params_refused"
    sentence = _("A notice of kind %(kind)s does not take this in %(field)s: codes and ids only.")


class LinkRefused(Invalid):
    code = "notices.link_refused"
    sentence = _("A notice of kind %(kind)s may link only to a page of this house, named by ids.")


class AddressRefused(Invalid):
    code = "notices.address_refused"
    sentence = _(
        "This is not the address of a chat robot that Tutela can write to. "
        "Copy it whole from the chat program, for example wecombot://… or dingtalk://…"
    )


class HostRefused(Invalid):
    code = "notices.host_refused"
    sentence = _(
        "A robot may not be at this host: it is in this machine or a private network, or its name leads "
        "nowhere. If it is a chat server of your own, have the operator list it in TUTELA_NOTICE_HOSTS."
    )


class ChoiceRefused(Invalid):
    code = "notices.choice_refused"
    sentence = _("There is no such choice for %(field)s. Load the page again.")


class NameTaken(Invalid):
    code = "notices.name_taken"
    sentence = _("Another chat robot has this name. Give it one of its own.")


class NoticeMissing(NotFound):
    code = "notices.notice_missing"
    sentence = _("There is no such notice in your inbox.")


class ChannelMissing(NotFound):
    code = "notices.channel_missing"
    sentence = _("There is no such chat robot.")
