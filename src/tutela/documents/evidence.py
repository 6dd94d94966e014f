"""Documents' part of `isms-built`: when each policy first came into force."""

from typing import Final

from tutela.base.readings import Facts

from . import library

WANTED: Final = len(library.CODES)
"""Policies in force that complete the part."""
_POLICIES: Final = """
    SELECT min(v.published_at) AS at, NULL::timestamptz AS learned, NULL::timestamptz AS dropped
    FROM documents_version v JOIN documents_document d ON d.id = v.document_id
    WHERE d.kind = 'policy' AND v.published_at IS NOT NULL GROUP BY d.id"""


def facts() -> Facts:
    return Facts(_POLICIES)
