"""What goes out about the trail beside its leaves: OCSF events, proofs, and who has seen a customer."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field as Described
from typing_extensions import TypedDict

from tutela.access.posts import POSTS
from tutela.access.queries import department_names
from tutela.vault.who_looked import Told

from .answers import CustomerKey, Moment


class EventsOut(TypedDict):
    """OCSF events, newest first; `version` is that of the schema."""

    version: str
    events: list[dict[str, Any]]
    before: UUID | None


class ProofOut(TypedDict):
    """`proof` is the text of a C2SP tlog-proof with the leaf in it, `policy` that of a C2SP tlog-policy."""

    leaf_id: UUID
    index: int
    origin: str
    size: int
    proof: str
    policy: str


class LookOut(TypedDict):
    """Looks of one day that are alike. An outside look was reported by another system, `system`."""

    day: date
    kind: Literal["clear", "masked", "exported", "outside"]
    actor_kind: str
    post: Annotated[str, Described(description="Code; empty where it is not known.")]
    post_en: str
    post_zh: str
    department: Annotated[str, Described(description="Code; empty where it is not known.")]
    department_en: str
    department_zh: str
    purpose: str
    channel: str
    system: str
    name: Annotated[str, Described(description="Empty unless names were asked for.")]
    times: int


class LooksOut(TypedDict):
    first: date
    last: date
    complete: Annotated[bool, Described(description="False if older looks are left out.")]
    looks: list[LookOut]


def looks(told: Told) -> LooksOut:
    departments = department_names()
    nothing = ("", "")
    return {
        "first": told.first,
        "last": told.last,
        "complete": told.complete,
        "looks": [
            {
                "day": one.day,
                "kind": one.kind,
                "actor_kind": one.actor_kind,
                "post": one.post,
                "post_en": POSTS[one.post].name_en if one.post in POSTS else "",
                "post_zh": POSTS[one.post].name_zh if one.post in POSTS else "",
                "department": one.department,
                "department_en": departments.get(one.department, nothing)[1],
                "department_zh": departments.get(one.department, nothing)[0],
                "purpose": one.purpose,
                "channel": one.channel,
                "system": one.system,
                "name": one.name,
                "times": times,
            }
            for one, times in told.looks
        ],
    }


class TracedOut(TypedDict):
    """A customer whom the trail names: how often, from when to when; nothing else of it."""

    customer_id: CustomerKey
    entries: int
    first: Moment
    last: Moment


class TracesOut(TypedDict):
    customers: list[TracedOut]
