"""The room's check for `tutela doctor`: whether the watch follows the trail."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.health import Check
from tutela.trail.tree import state

from . import queries

SILENT: Final = timedelta(minutes=3)
"""The watch stores its place every minute."""


def watch_follows() -> Check:
    """A watch that stands still raises nothing, and nobody would miss an alert."""
    place, tree = queries.position(), state.current()
    start = _("Start the watcher: tutela up or tutela watcher")
    if place is None:
        return Check("watch.follows", "warning", _("The watch has not begun yet."), start)
    silent = clock.now() - place.at
    if silent > SILENT:
        minutes = round(silent.total_seconds() / 60)
        sentence = _("The watch has been silent for %(minutes)s minutes.") % {"minutes": minutes}
        return Check("watch.follows", "bad", sentence, start)
    size = tree.size if tree is not None and tree.epoch == place.epoch else place.index
    if place.leaf_at is not None and size > place.index and clock.now() - place.leaf_at > SILENT:
        sentence = _("Entries that the watch has not counted yet: %(count)s.")
        return Check("watch.follows", "warning", sentence % {"count": size - place.index})
    sentence = _("The watch has counted %(count)s entries of the trail.")
    return Check("watch.follows", "good", sentence % {"count": place.index})
