"""The web server: granian with our certificate, several processes, each behind the door of `cli/front`."""

import os
import resource
import sys

from django.conf import settings

from tutela.cli.front.limits import READERS
from tutela.cli.running import environment, orphans, tls

# Files besides connections: the database, keys, the program's own.
OTHER_FILES = 1_000


def serve() -> None:
    """Become the web server; does not return."""
    orphans.end_with_parent()
    files = tls.files(
        settings.TUTELA_HOME,
        [host for host in settings.ALLOWED_HOSTS if "[" not in host],
        (settings.TUTELA_TLS_CERTIFICATE, settings.TUTELA_TLS_KEY),
    )
    _allow_files(settings.TUTELA_CONNECTIONS + OTHER_FILES)
    os.execve(  # noqa: S606 our own Python, fixed words
        sys.executable,
        [
            sys.executable, "-m", "granian", "tutela.cli.front.serving:application",
            "--interface", "wsgi", "--host", settings.TUTELA_BIND,
            "--port", str(settings.TUTELA_HTTPS_PORT),
            "--workers", str(settings.TUTELA_WEB_PROCESSES),
            # HTTP/1 only: with HTTP/2 one connection carries many requests, and the kernel cannot tell
            # which of them is slow.
            "--blocking-threads", str(READERS), "--backpressure", str(settings.TUTELA_CONNECTIONS),
            "--http", "1", "--http1-header-read-timeout", str(settings.TUTELA_BODY_SECONDS * 1000),
            "--no-ws",
            "--ssl-certificate", str(files.certificate), "--ssl-keyfile", str(files.key),
            "--ssl-protocol-min", "tls1.2", "--respawn-failed-workers",
            "--workers-kill-timeout", "10", "--log-level", "error",
        ],
        environment.of_ours().variables,
    )  # fmt: skip


def _allow_files(count: int) -> None:
    """Raise the number of open files as far as the system lets us."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if most == resource.RLIM_INFINITY else min(count, most)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
