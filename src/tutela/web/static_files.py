"""Static files under names that change with their content: `web/web.css` is served as
`/static/web/web.0123456789ab.css`, compressed once a process, and kept by browsers for a year.

Names without a digest answer as before, for a minute.
"""

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

from tutela.web.dark_by_system import with_system

_DIGEST: Final = 12
_NAMED: Final = re.compile(rf"(.+)\.([0-9a-f]{{{_DIGEST}}})(\.[A-Za-z0-9]+)")
_TEXTS: Final = {"text/css", "text/javascript", "application/javascript"}
FOR_A_YEAR: Final = "max-age=31536000, public, immutable"
# A page from before an upgrade asks for files that are no longer there: it gets those of now.
FOR_A_MINUTE: Final = "max-age=60, public"


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, as they are and compressed, and the digest that stands in its name."""

    whole: bytes
    pressed: bytes
    digest: str


@lru_cache(maxsize=64)
def _content(name: str) -> Content | None:
    """What is served under a name; None for a file that is not there."""
    try:
        place = finders.find(name)
    except SuspiciousFileOperation:  # it leads out of the folders
        return None
    if not place:
        return None
    whole = Path(str(place)).read_bytes()
    if name.endswith(".css"):
        whole = with_system(whole.decode()).encode()
    pressed = gzip.compress(whole, compresslevel=9, mtime=0)
    return Content(whole, min(whole, pressed, key=len), sha256(whole).hexdigest()[:_DIGEST])


def found(name: str) -> Content | None:
    """What is served under a name, with or without a digest; None for a file that is not there."""
    named = _NAMED.fullmatch(name)
    return _content(f"{named[1]}{named[3]}" if named else name)


class NamedByContent(StaticFilesStorage):
    """Gives `{% static %}` the name with the digest."""

    def url(self, name: str | None) -> str:
        content = _content(name) if name else None
        if name is None or content is None:
            return super().url(name)
        path = PurePosixPath(name)
        return super().url(str(path.with_suffix(f".{content.digest}{path.suffix}")))


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # the library has no types
    """Serves the names with a digest; all others are the library's."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = _NAMED.fullmatch(request.path_info)
        plain = f"{named[1]}{named[3]}" if named else ""
        if named is None or plain not in self.files:
            answer: HttpResponseBase = super().__call__(request)
            return answer
        content = _content(plain.removeprefix(self.static_prefix))
        if content is None:
            return self.get_response(request)  # type: ignore[no-any-return]
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = _answer(request, content)
        kept = FOR_A_YEAR if content.digest == named[2] else FOR_A_MINUTE
        response.headers["Cache-Control"] = kept
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["ETag"] = f'"{content.digest}"'
        kind = self.media_types.get_type(plain)
        response.headers["Content-Type"] = f"{kind}; charset=utf-8" if kind in _TEXTS else kind
        return response


def _answer(request: HttpRequest, content: Content) -> HttpResponse:
    if request.headers.get("If-None-Match") == f'"{content.digest}"':
        return HttpResponseNotModified()
    accepts = re.search(r"\bgzip\b(?!;q=0)", request.headers.get("Accept-Encoding", ""))
    if not accepts or len(content.pressed) == len(content.whole):
        return HttpResponse(content.whole)
    return HttpResponse(content.pressed, headers={"Content-Encoding": "gzip"})
