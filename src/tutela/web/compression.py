"""Pages are compressed on their way, unless they hold clear values: docs/decisions/light-pages.md."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class SmallPages(GZipMiddleware):
    """Compresses pages and parts of pages that are read. The answer to a post may hold a revealed value beside
    what was typed, and the length of a compressed page tells of both: it goes as it is. Files do too."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        page = response.headers.get("Content-Type", "").startswith("text/html")
        if not page or request.method not in {"GET", "HEAD"} or response.streaming:
            return response
        return super().process_response(request, response)
