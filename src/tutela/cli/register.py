"""What the shell declares while the product starts: the checks of the machine, the database and the worker, and
where the embedded server's programs are."""

from pathlib import Path

from tutela.backup import scratch, tools
from tutela.backup.physical.ground import GROUNDS
from tutela.base import health

from .running import copies, doctor, replication


def join() -> None:
    health.declare_machine(first=doctor.FIRST, last=doctor.LAST, slow=doctor.SLOW)
    tools.EMBEDDED.declare("embedded", _embedded_programs)
    scratch.MACHINES.declare("machine", copies.Embedded())
    GROUNDS.declare("ground", replication.ground)


def _embedded_programs() -> Path | None:
    from django.conf import settings

    from .running import layout
    from .running.cluster import Cluster

    return Cluster(settings.TUTELA_HOME).binaries if layout.embedded() else None
