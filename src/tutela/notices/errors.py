"""Errors of the notices room."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Invalid, NotFound


class ParamsRefused(Invalid):
    code = "notices.params_refused"
    sentence = _(
        "A notice of kind %(kind)s does not accept this value in %(field)s: codes and ids only."
    )


class LinkRefused(Invalid):
    code = "notices.link_refused"
    sentence = _(
        "A notice of kind %(kind)s may only link to a page of this system, identified by ids."
    )


class AddressRefused(Invalid):
    code = "notices.address_refused"
    sentence = _(
        "This is not a chat robot address that Tutela supports. Copy it completely "
        "from the chat program, for example wecombot://… or dingtalk://…"
    )


class HostRefused(Invalid):
    code = "notices.host_refused"
    sentence = _(
        "A robot may not use this host: it is on this machine or a private network, or "
        "its name cannot be resolved. If it is your own chat server, have the operator "
        "list it in TUTELA_NOTICE_HOSTS."
    )


class ChoiceRefused(Invalid):
    code = "notices.choice_refused"
    sentence = _("This is not a valid option for %(field)s. Reload the page.")


class NameTaken(Invalid):
    code = "notices.name_taken"
    sentence = _("Another chat robot already has this name. Choose a different name.")


class NoticeMissing(NotFound):
    code = "notices.notice_missing"
    sentence = _("This notice is not in your inbox.")


class ChannelMissing(NotFound):
    code = "notices.channel_missing"
    sentence = _("This chat robot does not exist.")
