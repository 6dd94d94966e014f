"""The language in which a document's text is shown."""

from django.http import HttpRequest
from django.utils.translation import get_language


def language_of(request: HttpRequest) -> str:
    """The one asked for ("zh" or "en"), else the page's."""
    asked = request.GET.get("text", "")
    if asked in {"zh", "en"}:
        return asked
    return "zh" if (get_language() or "").startswith("zh") else "en"
