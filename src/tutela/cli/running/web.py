"""The web server: several granian processes, each behind the door of `cli/front`."""

import json
import os
import resource
import sys

from django.conf import settings

from tutela.cli.front.limits import READERS
from tutela.cli.running import environment, orphans, tls

# File descriptors besides client connections.
OTHER_FILES = 1_000


def serve() -> None:
    """Replace this process by the web server."""
    orphans.end_with_parent()
    files = tls.files(
        settings.TUTELA_HOME,
        [host for host in settings.ALLOWED_HOSTS if "[" not in host],
        (settings.TUTELA_TLS_CERTIFICATE, settings.TUTELA_TLS_KEY),
    )
    _allow_files(settings.TUTELA_CONNECTIONS + OTHER_FILES)
    options = {
        "address": settings.TUTELA_BIND, "port": settings.TUTELA_HTTPS_PORT,
        "processes": settings.TUTELA_WEB_PROCESSES, "readers": READERS,
        "connections": settings.TUTELA_CONNECTIONS, "head_seconds": settings.TUTELA_BODY_SECONDS,
        "certificate": str(files.certificate), "key": str(files.key),
    }  # fmt: skip
    os.execve(  # noqa: S606 our own Python, fixed words
        sys.executable,
        [sys.executable, "-m", "tutela.cli.front.granian", json.dumps(options)],
        environment.of_ours().variables,
    )


def _allow_files(count: int) -> None:
    """Raise the limit of open files to `count`, or as far as allowed."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if most == resource.RLIM_INFINITY else min(count, most)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
