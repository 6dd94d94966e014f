"""How the server is reached for backups of its files: the embedded one through its socket, another one by
TUTELA_BACKUP_REPLICATION_URL."""

from pathlib import Path
from typing import Final

from django.conf import settings
from psycopg.conninfo import make_conninfo

from tutela.backup import tools
from tutela.backup.errors import PhysicalOff
from tutela.backup.physical.ground import Ground, Way
from tutela.backup.physical.pgbackrest import Stanza
from tutela.backup.physical.taking import Programs

from . import environment, layout
from .cluster import Cluster

SPOOL: Final = "log"


def ground() -> Ground:
    """What is configured, for the server that we use. PhysicalOff if another server has no address for it;
    the errors of `tools.tools`."""
    way = Way(settings.TUTELA_BACKUP_PHYSICAL)
    data: Path | None = None
    if layout.embedded():
        cluster = Cluster(Path(settings.TUTELA_HOME))
        programs = Programs(cluster.binaries, environment.of_server(), cluster.account.as_popen())
        data = cluster.data
        conninfo = make_conninfo(host=str(cluster.sockets), user="postgres", dbname="postgres")
    elif settings.TUTELA_BACKUP_REPLICATION_URL or way is Way.OFF:
        found = tools.tools(tools.server_major()) if way is Way.OWN else None
        programs = Programs(found.folder if found else Path("/"), environment.of_server())
        conninfo = settings.TUTELA_BACKUP_REPLICATION_URL
    else:
        raise PhysicalOff
    stanza = Stanza(settings.TUTELA_BACKUP_STANZA, environment.of_server(), programs.popen)
    return Ground(
        way,
        programs,
        conninfo,
        Path(settings.TUTELA_BACKUP_FOLDER) / SPOOL,
        settings.TUTELA_BACKUP_LOG_MINUTES,
        stanza if settings.TUTELA_BACKUP_STANZA else None,
        data,
    )
