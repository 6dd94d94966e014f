"""The web server: granian with our certificate, several processes, each with a few threads."""

import os
import sys

from django.conf import settings

from tutela.cli.running import orphans, tls

THREADS = 8
# Requests a process takes at once; the rest wait in the kernel, where they cost nothing.
BACKLOG = 64


def serve() -> None:
    """Become the web server; does not return."""
    orphans.end_with_parent()
    files = tls.files(
        settings.TUTELA_HOME,
        [host for host in settings.ALLOWED_HOSTS if "[" not in host],
        (settings.TUTELA_TLS_CERTIFICATE, settings.TUTELA_TLS_KEY),
    )
    os.execv(  # noqa: S606 our own Python, fixed words
        sys.executable,
        [
            sys.executable, "-m", "granian", "tutela.wsgi:application",
            "--interface", "wsgi", "--host", settings.TUTELA_BIND,
            "--port", str(settings.TUTELA_HTTPS_PORT),
            "--workers", str(settings.TUTELA_WEB_PROCESSES),
            "--blocking-threads", str(THREADS), "--backpressure", str(BACKLOG), "--http", "auto", "--no-ws",
            "--ssl-certificate", str(files.certificate), "--ssl-keyfile", str(files.key),
            "--ssl-protocol-min", "tls1.2", "--respawn-failed-workers",
            "--workers-kill-timeout", "10", "--log-level", "warning",
        ],
    )  # fmt: skip
