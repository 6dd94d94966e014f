"""The way of a document, step by step, for tests that begin late on it."""

from datetime import timedelta
from itertools import count

from tutela.base import clock
from tutela.governance.documents import actions
from tutela.governance.documents.actions import Draft
from tutela.governance.documents.models import Version

PDF = b"%PDF-1.7\n" + b"0" * 100
_numbers = count(1)


def draft(**facts: object) -> Draft:
    """Texts in both languages, to be reviewed in half a year."""
    texts = {"text_zh": "# 制度\n第一条", "text_en": "# Policy\nArticle 1"}
    return Draft(**{"review_on": clock.today() + timedelta(days=180), **texts, **facts})


def drafted(people, **facts: object) -> Version:
    """A new document with its first draft."""
    return actions.add_document(
        people.drafter.actor,
        code=f"own-{next(_numbers)}",
        names=("制度", "Policy"),
        owner="security_admin",
        draft=draft(**facts),
    )


def submitted(people, **facts: object) -> Version:
    return actions.submit(people.drafter.actor, drafted(people, **facts).id)


def approved(people, **facts: object) -> Version:
    version = submitted(people, **facts)
    actions.approve(people.first.actor, version.id)
    return actions.approve(people.second.actor, version.id)


def published(people, **facts: object) -> Version:
    return actions.publish(people.drafter.actor, approved(people, **facts).id)
