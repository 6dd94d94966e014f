"""What a probe of a target found, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .place import Why

WHY: Final[dict[Why, Promise | str]] = {
    Why.DELETED: _("Writable. Nothing keeps files there from being deleted."),
    Why.OVERWRITTEN: _(
        "Writable. Files cannot be deleted there, but be written over or renamed: that is no lock."
    ),
    Why.KEPT: _("Writable. The lock held: the test file could not be deleted."),
    Why.LIFTED: _(
        "Writable. The lock held, but these credentials may lift it: whoever has them can delete backups."
    ),
    Why.ENDLESS: _(
        "Writable. The test file could be neither deleted nor changed; the server tells no end of that."
    ),
    Why.SAME_DISK: _(
        "Writable, without a lock, and on the disk of the data: it is lost together with the data."
    ),
}
