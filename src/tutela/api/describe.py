"""The description of the API (OpenAPI 3.1), with the problems that every verb can answer."""

from functools import cache
from typing import Any, Final

from ninja.openapi.schema import REF_TEMPLATE
from pydantic import TypeAdapter

from . import answers, problems
from .frame import ADDRESS, api

_PROBLEM: Final = {"$ref": "#/components/responses/Problem"}


@cache
def document() -> dict[str, Any]:
    """Made once a process, from the registered verbs."""
    description: dict[str, Any] = api.get_openapi_schema(path_prefix=f"{ADDRESS}/")
    for verbs in description["paths"].values():
        for verb in verbs.values():
            verb["responses"] = {str(k): v for k, v in verb["responses"].items()}
            verb["responses"] |= {"4XX": _PROBLEM, "5XX": _PROBLEM}
    schema = TypeAdapter(answers.Problem).json_schema(ref_template=REF_TEMPLATE)
    description["components"]["schemas"]["Problem"] = schema
    description["components"]["responses"] = {
        "Problem": {
            "description": "A refusal (RFC 9457)",
            "content": {
                problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
    }
    return description
