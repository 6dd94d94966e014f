"""What a leaf says in codes has words for people."""

from tutela.base.actor import Channel
from tutela.trail.leaves import Exposure
from tutela.trail.words import DOORS, EXPOSURES


def test_every_exposure_and_every_door_has_its_word():
    """A look that another system reported came through a door, too."""
    assert set(EXPOSURES) == set(Exposure)
    assert set(DOORS) == set(Channel)
