"""Nothing that a person types passes beside the guard: each text is guarded, or exempt with a reason."""

import ast
import importlib
import re
from collections.abc import Iterator
from typing import Any

import typer
from django import forms

from tests.walls.house import SOURCE, functions, place, sources
from tutela.base.free_text_exempt import EXEMPT
from tutela.base.free_text_fields import GuardedFile, GuardedSlug, GuardedText
from tutela.cli import shell

GUARDED = (GuardedText, GuardedSlug, GuardedFile)
# Codes, ids, languages, states: they must name what there is, so that no text fits.
CODES = frozenset({
    "assignee", "batch", "branch", "by", "cadence", "collection", "column", "control", "customer",
    "delimiter", "department", "direction", "documents_to", "email", "encoding", "every", "field", "file_hash",
    "group", "heir", "key_id", "kind", "language", "link", "login", "mapping_name", "measure", "method", "new",
    "number", "old", "outcome", "owner", "passphrase", "password", "post", "public_id", "purpose",
    "rejects_file", "role", "rule", "sha256", "staff", "stage", "state", "target", "to", "token", "treatment", "unit",
    "value", "verb", "verdict",
})  # fmt: skip


def _form_classes() -> dict[str, type[forms.Form]]:
    found: dict[str, type[forms.Form]] = {}
    for path in sources():
        if "forms" in path.stem or path.stem == "second_factor":
            name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
            for kind in vars(importlib.import_module(name)).values():
                if (
                    isinstance(kind, type)
                    and issubclass(kind, forms.Form)
                    and kind.__module__ == name
                ):
                    found[f"{name.split('.')[1]}.{kind.__name__}"] = kind
    return found


def _typed(field: forms.Field) -> bool:
    """Whether a person can put any text into it."""
    closed = isinstance(field, forms.UUIDField)
    return isinstance(field, forms.CharField | forms.FileField) and not closed


def test_every_text_field_of_a_form_is_guarded_or_exempt():
    """Take `GuardedText` or `GuardedFile`, or name the field in `free_text_exempt` with the reason."""
    classes = _form_classes()
    assert len(classes) > 50
    bare = [
        f"form {name}.{label}"
        for name, kind in classes.items()
        for label, field in kind.base_fields.items()
        if _typed(field) and not isinstance(field, GUARDED)
    ]
    assert [name for name in bare if name not in EXEMPT] == []


def test_every_text_that_a_view_reads_by_hand_is_a_guarded_field_too():
    """`request.POST["x"]` goes round the form: x must be a field that is guarded, or exempt."""
    guarded = {
        label
        for kind in _form_classes().values()
        for label, field in kind.base_fields.items()
        if isinstance(field, GUARDED)
    }
    read = {
        name
        for path in sources()
        for name in re.findall(
            r"""request\.POST(?:\.get(?:list)?\(|\[)\s*"(\w+)\"""", path.read_text(encoding="utf-8")
        )
    }
    assert len(read) > 10
    assert [name for name in read if name not in guarded and f"post {name}" not in EXEMPT] == []


def _strings(schema: dict[str, Any], name: str) -> Iterator[str]:
    """The names of strings that no format, list or constant closes."""
    for part in schema.get("anyOf", []):
        yield from _strings(part, name)
    if schema.get("type") == "string" and not {"format", "enum", "const"} & schema.keys():
        yield name
    for label, part in schema.get("properties", {}).items():
        yield from _strings(part, f"{name}.{label}")
    if isinstance(schema.get("items"), dict):
        yield from _strings(schema["items"], name)


def test_every_string_of_the_api_is_guarded_or_exempt():
    """`GUARDED_BY_ACTIONS` names what the actions refuse; a test of the API types values into each."""
    importlib.import_module("tutela.api.urls")
    document = importlib.import_module("tutela.api.describe").document()
    schemas = document["components"]["schemas"]
    asked = [name for name in schemas if name.endswith("In")]
    found = {text for name in asked for text in _strings(schemas[name], name)}
    bodies = {label.partition(".")[2] for label in found}
    for verbs in document["paths"].values():
        for verb in verbs.values():
            for one in verb.get("parameters", []):
                found |= {
                    f"header {n}"
                    for n in _strings(one["schema"], one["name"])
                    if one["in"] == "header"
                }
                if one["in"] == "query":
                    found |= {
                        f"query {n}"
                        for n in _strings(one["schema"], one["name"])
                        if n not in bodies | ASKED
                    }
    assert len(found) > 20
    assert {text for text in found if f"api {text}" not in EXEMPT} == GUARDED_BY_ACTIONS


ASKED = {"branch", "person"}
GUARDED_BY_ACTIONS = {
    "ReportIn.source",
    "ReportIn.signer",
    "ReportIn.reason",
    "ImportIn.source",
    "ImportIn.sheet",
    "ImportIn.delimiter",
    "ImportIn.encoding",
    "header Idempotency-Key",
}


def _options(command: Any) -> Iterator[tuple[str, str]]:
    for one in getattr(command, "params", []):
        yield command.name or "", one.name
    for below in getattr(command, "commands", {}).values():
        yield from _options(below)


def test_words_at_the_shell_are_codes_guarded_or_exempt():
    """What is kept goes through an action, which asks the guard; the rest is looked up."""
    shell._add_rooms()
    names = {name for _command, name in _options(typer.main.get_command(shell.app))}
    kept = {"source", "signer", "label", "save_as", "name", "title", "sheet"}
    texts = {
        argument.arg
        for path, tree in sources().items()
        if path.parts[-2] == "cli"
        for function in functions(tree)
        for argument in [*function.args.args, *function.args.kwonlyargs]
        if argument.annotation
        and re.search(r"Annotated\[\s*(list\[)?str", ast.unparse(argument.annotation))
    }
    assert texts & names
    codes = CODES | {"field", "after", "first", "last", "corrects"}
    loose = [
        one for one in texts & names if one not in kept | codes and f"shell {one}" not in EXEMPT
    ]
    assert loose == []


def _kept_texts(tree: ast.Module) -> Iterator[str]:
    """The `str` parameters of public functions, and `str` fields of the dataclasses they take. What is called
    `check_` only raises: it keeps nothing."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("_", "check_")):
            for one in [*node.args.args, *node.args.kwonlyargs]:
                if one.annotation and ast.unparse(one.annotation) in {"str", "str | None"}:
                    yield one.arg
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for field in node.body:
                if isinstance(field, ast.AnnAssign) and ast.unparse(field.annotation) == "str":
                    yield ast.unparse(field.target)


def test_every_action_that_takes_a_text_asks_the_guard():
    """The second lock: API, shell and jobs come without a form."""
    wrong, seen = [], 0
    for path, tree in sources().items():
        if not re.search(r"actions\.py|actions/\w+\.py", place(path)):
            continue
        asked = " ".join(
            ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check_free_text"
        )
        seen += bool(asked)
        for name in set(_kept_texts(tree)) - CODES:
            label = f"action {path.relative_to(SOURCE).with_suffix('')}.{name}"
            if not re.search(rf"\b{name}\b", asked) and label not in EXEMPT:
                wrong.append(label)
    assert seen > 10
    assert not wrong, "\n".join(sorted(wrong))


def test_every_exemption_has_a_reason_and_stands_for_something():
    """A reason is a sentence; an exempt form field exists."""
    assert all(len(why) > 20 for why in EXEMPT.values())
    classes = _form_classes()
    for name in EXEMPT:
        if name.startswith("form ") and "Password" not in name and "Second" not in name:
            kind, _, label = name.removeprefix("form ").rpartition(".")
            assert label in classes[kind].base_fields, name
