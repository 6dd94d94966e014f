"""The module that granian imports: Django's application behind the door, and the watch thread."""

from django.conf import settings

from tutela.wsgi import application as django

from .bodies import Bodies
from .door import Door
from .limits import PLACES, of_settings
from .places import Places
from .watch import Watch


def _door() -> Door:
    # These import models, which need Django's application to be loaded.
    from tutela.keys import spool

    from .senders import known

    limits = of_settings()
    bodies, places = Bodies(limits, spool.folder()), Places(PLACES)
    Watch(settings.TUTELA_HTTPS_PORT, limits, bodies, places).start()
    return Door(django, bodies, places, known)


application = _door()
