"""Words for people of what a leaf says in codes, for every page that shows leaves."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.base.actor import Channel

from .leaves import Exposure

EXPOSURES: Final[dict[str, Promise]] = {
    Exposure.NONE: _("nothing shown"),
    Exposure.LIST_MASKED: _("masked, in a list"),
    Exposure.DETAIL_MASKED: _("masked"),
    Exposure.CLEAR: _("in clear"),
    Exposure.EXPORT: _("exported"),
    Exposure.PRINT: _("printed"),
    Exposure.WRITE: _("written"),
}
DOORS: Final[dict[str, Promise]] = {
    Channel.PAGE: _("Page"),
    Channel.API: _("API"),
    Channel.SHELL: _("Shell"),
    Channel.JOB: _("Job"),
    Channel.OUTSIDE: _("Another system"),
}
"""Through which door somebody came."""
