"""The language in which a document's text is shown."""

from django.http import HttpRequest

from tutela.base.language import reads_chinese


def language_of(request: HttpRequest) -> str:
    """The one asked for ("zh" or "en"), else the page's."""
    asked = request.GET.get("text", "")
    if asked in {"zh", "en"}:
        return asked
    return "zh" if reads_chinese() else "en"
