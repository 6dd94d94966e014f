"""`python -m tutela.cli.front.granian '{…}'`: the server's process, with the options of `running/web.py`.

Granian's own command checks the certificate with `access(2)`, which ignores the capability
CAP_DAC_READ_SEARCH that `running/descent.py` may leave to the account.
"""

import json
import sys
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.errors import FatalError
from granian.http import HTTP1Settings
from granian.log import LogLevels

TARGET = "tutela.cli.front.serving:application"


def main(options: dict[str, Any]) -> None:
    """Serve until a signal.

    HTTP/1 only: with HTTP/2 a connection has many requests, and TCP_INFO cannot show which one is slow.
    """
    server = Granian(
        TARGET,
        address=options["address"],
        port=options["port"],
        interface=Interfaces.WSGI,
        workers=options["processes"],
        blocking_threads=options["readers"],
        backpressure=options["connections"],
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=options["head_seconds"] * 1000),
        websockets=False,
        ssl_cert=Path(options["certificate"]),
        ssl_key=Path(options["key"]),
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.error,
    )
    try:
        server.serve()
    except FatalError:
        sys.exit(1)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
