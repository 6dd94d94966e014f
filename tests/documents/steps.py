"""The way of a document, step by step, for tests that begin late on it."""

from datetime import timedelta
from itertools import count

from tutela.base import clock
from tutela.documents.actions import documents, reviews
from tutela.documents.actions.drafts import Draft
from tutela.documents.models import Version

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n96\n%%EOF\n"
)
_numbers = count(1)


def draft(**facts: object) -> Draft:
    """Texts in both languages, to be reviewed in half a year."""
    texts = {"text_zh": "# 制度\n第一条", "text_en": "# Policy\nArticle 1"}
    return Draft(**{"review_on": clock.today() + timedelta(days=180), **texts, **facts})


def drafted(people, **facts: object) -> Version:
    """A new document with its first draft."""
    return documents.add_document(
        people.drafter.actor,
        code=f"own-{next(_numbers)}",
        names=("制度", "Policy"),
        owner="security_admin",
        draft=draft(**facts),
    )


def filed(people, **facts: object) -> Version:
    """A new document that is a PDF file, as a draft."""
    return drafted(people, text_zh="", text_en="", file=PDF, file_name="own.pdf", **facts)


def in_force(people, version: Version) -> Version:
    """A draft all the way into force."""
    reviews.submit(people.drafter.actor, version.id)
    reviews.approve(people.first.actor, version.id)
    reviews.approve(people.second.actor, version.id)
    return reviews.publish(people.drafter.actor, version.id)


def submitted(people, **facts: object) -> Version:
    return reviews.submit(people.drafter.actor, drafted(people, **facts).id)


def approved(people, **facts: object) -> Version:
    version = submitted(people, **facts)
    reviews.approve(people.first.actor, version.id)
    return reviews.approve(people.second.actor, version.id)


def published(people, **facts: object) -> Version:
    return reviews.publish(people.drafter.actor, approved(people, **facts).id)
