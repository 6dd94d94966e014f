"""Plain HTTP answers one thing: go to HTTPS."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]")


def serve(bind: str, port: int, https_port: int) -> ThreadingHTTPServer:
    """Start answering in a thread of this process."""

    class Handler(BaseHTTPRequestHandler):
        server_version = "Tutela"
        sys_version = ""
        timeout = 10

        def redirect(self) -> None:
            found = HOST.match(self.headers.get("Host", ""))
            host = found.group() if found else "localhost"
            suffix = "" if https_port == 443 else f":{https_port}"
            # The path is not repeated: it came over the open network and may be anything.
            self.send_response(308)
            self.send_header("Location", f"https://{host}{suffix}/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = redirect  # noqa: N815 the library's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
            """Say nothing: an address line can hold what somebody typed."""

    server = ThreadingHTTPServer((bind, port), Handler)
    threading.Thread(target=server.serve_forever, name="redirect", daemon=True).start()
    return server
