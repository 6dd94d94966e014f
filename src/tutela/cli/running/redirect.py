"""Redirect plain HTTP to HTTPS. It runs in the supervisor, so connections are limited in number and time, to leave
file descriptors for supervision.
"""

import re
import socket
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]")
MOST = 32
"""Concurrent connections; further ones are closed without a response."""
SECONDS = 5.0
"""Lifetime of a connection."""


class Redirects(ThreadingHTTPServer):
    """A server with limits on the number and lifetime of connections."""

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: dict[socket.socket, float] = {}
        self._lock = threading.Lock()
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            full = len(self._open) >= MOST
            if not full:
                self._open[request] = time.monotonic()
        if full:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Close connections older than SECONDS; called twice a second."""
        with self._lock:
            over = [link for link, at in self._open.items() if time.monotonic() - at > SECONDS]
            for link in over:
                try:
                    link.shutdown(socket.SHUT_RDWR)
                except OSError:  # closed already
                    continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log nothing: the library prints the client's address and a traceback per broken connection."""


def serve(bind: str, port: int, https_port: int, hosts: Sequence[str]) -> ThreadingHTTPServer:
    """Start the server in a thread. Redirects go only to `hosts`, by default to the first of them."""
    suffix = "" if https_port == 443 else f":{https_port}"
    known = [host.lower() for host in hosts] or ["localhost"]

    class Handler(BaseHTTPRequestHandler):
        server_version = "Tutela"
        sys_version = ""
        timeout: ClassVar[float] = SECONDS

        def redirect(self) -> None:
            match = HOST.match(self.headers.get("Host", ""))
            asked = match.group().lower() if match else ""
            # The path is dropped, because it came unprotected over the network.
            self.send_response(308)
            self.send_header("Location", f"https://{_host(asked, known)}{suffix}/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = redirect  # noqa: N815 the library's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
            """Log nothing: a URL may contain personal data."""

    server = Redirects((bind, port), Handler)
    threading.Thread(target=server.serve_forever, name="redirect", daemon=True).start()
    return server


def _host(wanted: str, known: Sequence[str]) -> str:
    """The requested host if it is one of this installation, else a default."""
    fits = (wanted == host or (host.startswith(".") and wanted.endswith(host)) for host in known)
    if wanted and ("*" in known or any(fits)):
        return wanted
    return next((host for host in known if host != "*" and not host.startswith(".")), "localhost")
