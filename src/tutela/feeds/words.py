"""Words for people: what a feed is, what a column stands for, kinds of access. The codes stay beside them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Door
from .reading.mapping import Part
from .rules import Action, State

STATES: Final[dict[State, tuple[Promise, str]]] = {
    State.NEVER: (_("nothing received yet"), "bg-warning-lt"),
    State.SENDING: (_("sending"), "bg-green-lt"),
    State.SILENT: (_("stopped sending"), "bg-red-lt"),
    State.CLOSED: (_("closed"), "bg-secondary-lt"),
}
"""The words of each state, and the looks of its badge."""
DOORS: Final[dict[str, Promise]] = {
    Door.FILE: _("File by page"),
    Door.API: _("API"),
    Door.SHELL: _("Shell"),
}
ACTIONS: Final[dict[Action, Promise]] = {
    Action.READ: _("viewed"),
    Action.LIST: _("listed"),
    Action.WRITE: _("written"),
    Action.EXPORT: _("exported"),
    Action.PRINT: _("printed"),
    Action.SESSION: _("session opened"),
}
PARTS: Final = {
    Part.AT: _("Time of access"),
    Part.PERSON: _("Login or staff number"),
    Part.CUSTOMER_NUMBER: _("Customer number"),
    Part.POLICY_NUMBER: _("Policy number"),
    Part.CLAIM_NUMBER: _("Claim number"),
    Part.ID_NUMBER: _("Id number"),
    Part.PHONE: _("Phone number"),
    Part.ACTION: _("Kind of access"),
    Part.FIELDS: _("Fields or tables shown"),
    Part.ROWS: _("Number of rows"),
    Part.RECORD: _("Unique id of the record"),
    Part.NUMBER: _("Running number"),
    Part.STREAM: _("What the running number counts in (server, node)"),
}
