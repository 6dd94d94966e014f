"""What a proved leaf says, in words: on the page of a proof, and in both languages in its zip.

The proof covers codes and ids; what they are called is told beside it, as of now.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

import tutela_verify
from tutela.access import queries as people
from tutela.access.purposes import LABELS, Purpose
from tutela.base.language import is_chinese, reads_chinese
from tutela.crypto import merkle
from tutela.detect.classes import DataClass
from tutela.trail.event_specs import event_words
from tutela.trail.leaves import moment
from tutela.trail.tree.proof_files import Names, Proven

from . import catalogue

LANGUAGES: Final = ("zh-hans", "en")
SHOWN: Final = 50
"""So many subjects are named; all of them stand in the leaf itself."""


def names_of(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What the codes and ids of a leaf are called now, in Chinese and English."""
    actor, purpose, event = document["actor"], document["purpose"], document["event"]
    names: dict[str, tuple[str, str]] = {}
    if actor["kind"] in {"staff", "machine"}:
        names |= {key: (name, name) for key, name in people.names([actor["id"]]).items()}
    names[event] = _in_both(lambda: event_words(event))
    if purpose in set(Purpose):
        names[purpose] = _in_both(lambda: str(LABELS[Purpose(purpose)]))
    for number in document["fields"]:
        if field := catalogue.BY_ID.get(number):
            names[f"field.{number}"] = (str(field.name_zh), str(field.name_en))
    for number in document["classes"]:
        if number in set(DataClass):
            about = DataClass(number).about
            names[f"class.{number}"] = (str(about.label_zh), str(about.label_en))
    return names


def _in_both(words: Callable[[], str]) -> tuple[str, str]:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(words())
    return said[0], said[1]


def facts(proven: Proven, names: Names) -> list[tuple[str, str]]:
    """Label and words of what the leaf says, in the active language."""
    document = proven.document
    actor, decision = document["actor"], document["decision"]
    at = timezone.localtime(moment(UUID(document["id"])))
    subjects = [f"{kind} {key}" for kind, key in document["subjects"]]
    more = [f"+{len(subjects) - SHOWN}"] if len(subjects) > SHOWN else []
    seen = [f"field.{n}" for n in document["fields"]] or [f"class.{n}" for n in document["classes"]]
    rule = decision.get("cell") or decision.get("request") or decision.get("permission") or "–"
    return [
        (_("Time"), at.isoformat(" ", "milliseconds")),
        (_("Person"), _named(f"{actor['kind']} {actor['id']}", names, actor["id"])),
        (_("Channel"), " · ".join(filter(None, (_code(actor["channel"]), actor["source"])))),
        (_("What happened"), _named(document["event"], names, document["event"])),
        (_("Exposure"), _code(document["exposure"])),
        (_("Concerns"), " · ".join(subjects[:SHOWN] + more) or "–"),
        (_("Fields"), " · ".join(_name(one, names) for one in seen) or "–"),
        (_("Purpose"), _named(document["purpose"], names, document["purpose"]) or "–"),
        (_("Work item"), document["work_item"] or "–"),
        (_("Outcome"), _code(decision["outcome"])),
        (_("Rule"), str(rule)),
        (_("Entry"), document["id"]),
    ]


def evidence(proven: Proven) -> list[tuple[str, str]]:
    """Label and words of what proves it, in the active language."""
    head = proven.head
    signed = tutela_verify.read_note(proven.note.encode()).signatures
    signers = dict.fromkeys(name for name, _id, _signature in signed if name != head.origin)
    return [
        (_("Number in the log"), f"{proven.index}"),
        (_("Fingerprint of the entry"), merkle.leaf_hash(proven.leaf).hex()),
        (_("Checkpoint"), head.origin),
        (_("Entries"), f"{head.size:,}"),
        (_("Root hash"), head.root.hex()),
        (_("The same in base64, as in files"), b64encode(head.root).decode()),
        (_("Signed on"), timezone.localtime(head.at).isoformat(" ", "seconds")),
        (_("Witnesses"), " · ".join(signers) or _("none yet")),
    ]


def of(proven: Proven, names: Names) -> str:
    """A page without scripts or outside files: Chinese, then English."""
    parts: list[dict[str, Any]] = []
    for language in LANGUAGES:
        with translation.override(language):
            told = {"facts": facts(proven, names), "proof": evidence(proven)}
            parts.append({"language": language, **told, **_sentences()})
    return render_to_string("vault/leaf_proof.html", {"parts": parts})


def _sentences() -> dict[str, str]:
    return {
        "title": _("Proof of an entry of the access trail"),
        "says": _("What the entry says"),
        "proved": _("What proves it"),
        "names": _(
            "The proof covers codes and numbers; names in quotation marks are as they are today."
        ),
        "how": _("Verify it anywhere, without Tutela:"),
    }


def _name(code: str, names: Names) -> str:
    pair = names.get(code)
    return pair[0 if reads_chinese() else 1] if pair else code


def _named(code: str, names: Names, key: str) -> str:
    name = _name(key, names)
    return code if name == key else f"{code} “{name}”"


def _code(code: str) -> str:
    english, chinese = tutela_verify.CODES.get(code, (code, code))
    return chinese if is_chinese(translation.get_language()) else english
