"""Kinds of this room, and those about accounts: `access` is below this room and cannot declare them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from .kinds import CODE, COUNT, Group, Mail, NoticeKind

PASSWORD_SET: Final = NoticeKind(
    "password_set",
    Group.ACCOUNT,
    _("My password set"),
    _("Your password was set. If this was not you, tell the security administrator immediately."),
    {},
    Mail.NOW,
)
SECOND_FACTOR_ADDED: Final = NoticeKind(
    "second_factor_added",
    Group.ACCOUNT,
    _("My second factor turned on"),
    _(
        "A second factor was turned on for your account, or its recovery codes were "
        "regenerated. If this was not you, tell the security administrator immediately."
    ),
    {},
    Mail.NOW,
)
SECOND_FACTOR_REMOVED: Final = NoticeKind(
    "second_factor_removed",
    Group.ACCOUNT,
    _("My second factor turned off"),
    _(
        "A second factor of your account was turned off. If this was not you, tell the "
        "security administrator immediately."
    ),
    {},
    Mail.NOW,
)
PASSWORD_RESET: Final = NoticeKind(
    "password_reset",
    Group.ACCOUNT,
    _("My password reset"),
    _(
        "Two administrators reset your password. If you did not ask for it, tell the security "
        "administrator immediately."
    ),
    {},
    Mail.NOW,
)
RESET_WAITS: Final = NoticeKind(
    "reset_waits",
    Group.APPROVAL,
    _("Reset of a sign-in waiting for my confirmation"),
    _("The reset of a password or second factor is waiting for a second administrator."),
    {},
    Mail.NOW,
)
RESET_DECIDED: Final = NoticeKind(
    "reset_decided",
    Group.APPROVAL,
    _("Reset that I proposed decided"),
    _("A second administrator has decided on a reset that you proposed."),
    {},
)
DELIVERY_FAILING: Final = NoticeKind(
    "delivery_failing",
    Group.SYSTEM,
    _("Messages cannot be sent"),
    _("Messages by %(way)s cannot be sent. They are waiting in the outbox and will be retried."),
    {"way": CODE},
    Mail.NEVER,
)
QUORUM_LOST: Final = NoticeKind(
    "quorum_lost",
    Group.SYSTEM,
    _("Trail without enough witnesses"),
    _(
        "For fifteen minutes not enough witnesses have vouched for the access trail. Until they do, "
        "only its own key proves it."
    ),
    {},
    Mail.NOW,
)
POLICY_CHANGED: Final = NoticeKind(
    "policy_changed",
    Group.SYSTEM,
    _("Witnesses of the trail changed"),
    _("The file that names the witnesses of the access trail has a new state: %(what)s."),
    {"what": CODE},
    Mail.NOW,
)
TREE_CONTRADICTED: Final = NoticeKind(
    "tree_contradicted",
    Group.SYSTEM,
    _("Trail contradicted by a witness"),
    _(
        "A witness holds a signed checkpoint that the access trail contradicts: an older copy was put "
        "back, or the trail was changed. Customer data is closed until somebody has looked."
    ),
    {},
    Mail.NOW,
)
PURGE_WAITS: Final = NoticeKind(
    "purge_waits",
    Group.APPROVAL,
    _("Purge of a month of the trail waiting for me"),
    _(
        "Somebody has requested that month %(what)s of the access trail be purged. A second person decides."
    ),
    {"what": CODE},
    Mail.NOW,
)
LIFT_WAITS: Final = NoticeKind(
    "lift_waits",
    Group.APPROVAL,
    _("Lifting of a legal hold waiting for me"),
    _(
        "Somebody has requested that a legal hold on the access trail be lifted. A second person decides."
    ),
    {},
    Mail.NOW,
)
ACKNOWLEDGEMENT_WAITS: Final = NoticeKind(
    "acknowledgement_waits",
    Group.APPROVAL,
    _("Acknowledgement of a fault of the trail waiting for me"),
    _(
        "Somebody in charge has looked at the faults of the access trail. A second person must confirm it."
    ),
    {},
    Mail.NOW,
)
TRAIL_DECISION_STILL_WAITS: Final = NoticeKind(
    "trail_decision_still_waits",
    Group.APPROVAL,
    _("Decision about the trail still waiting for me"),
    _("A decision about the access trail has been waiting for a second person for %(days)s days."),
    {"days": COUNT},
    Mail.NOW,
)
TRAIL_DECISION_MADE: Final = NoticeKind(
    "trail_decision_made",
    Group.APPROVAL,
    _("My request about the trail decided"),
    _("A second person has decided on what you requested for the access trail."),
    {},
)
TRAIL_CLOSED: Final = NoticeKind(
    "trail_closed",
    Group.SYSTEM,
    _("Customer data closed by the trail"),
    _("Customer data is closed because of the access trail (%(why)s). See its page."),
    {"why": CODE},
    Mail.NOW,
)
TRAIL_STRAINED: Final = NoticeKind(
    "trail_strained",
    Group.SYSTEM,
    _("Access trail behind"),
    _("The access trail is behind (%(why)s): exports wait and quotas are halved. See its page."),
    {"why": CODE},
    Mail.NOW,
)
TRAIL_TREE_BEGUN: Final = NoticeKind(
    "trail_tree_begun",
    Group.SYSTEM,
    _("New tree of the trail begun"),
    _(
        "The access trail had to begin a new tree (%(tree)s), because signed entries are missing or the "
        "record of what was signed is. Treat it as an incident."
    ),
    {"tree": CODE},
    Mail.NOW,
)
