"""Is Tutela open? One word for load balancers, without a key."""

from django.db import Error, connection

from tutela.base.errors import Unavailable
from tutela.keys import custody
from tutela.trail import queries

from . import answers
from .call import Call
from .frame import public


@public("/health", "A load balancer has no key; the answer is one word.", answers.HealthOut)
def read_health(request: Call) -> answers.HealthOut:  # noqa: ARG001 the frame passes it
    """Whether customer data is open: ok, or closed when database, keys or trail do not work."""
    return {"state": "ok" if _is_open() else "closed"}


def _is_open() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        custody.check_ready()
    except (Unavailable, Error):
        return False
    return queries.state() != "closed"
