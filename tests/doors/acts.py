"""Everything that a person can do, as acts that can be drawn, told and done again in another world."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.console.stage import browser
from tests.doors.plain import Names, plain
from tests.doors.worlds import Ground, Known
from tests.waiting_jobs import work_off
from tests.walls.test_views import FOREIGN, patterns
from tutela.access.purposes import Purpose
from tutela.base.actor import Actor
from tutela.base.errors import TutelaError
from tutela.vault import catalogue
from tutela.vault.actions.records import NewRecord, RecordEdit, change_record, create_record
from tutela.vault.importing.tasks import import_upload
from tutela.vault.words import ways_to_find

NOBODY = UUID("01a203c9-8ab7-7000-9e2d-90b1e5627cbe")
TOLD_ON_PURPOSE = {
    "trail-search-leaves": "who may read the trail sees who is named in it",
    "console-encryption": "totals over the whole company, which others must be able to recompute",
    "scorecard-hand-verifier": "a program, the same for all",
}
"""Pages that are not compared, and why: docs/decisions/no-oracle.md."""
PURPOSES = [purpose.value for purpose in Purpose]
FIELDS = ("phone", "id_number", "name", "policy_number", "email")
Fields = dict[str, str]


@dataclass(frozen=True)
class Act:
    """One act: its kind and what was drawn for it, all of it text."""

    kind: str
    asked: Fields = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(f'{name}={text}' for name, text in self.asked.items())})"


class Session:
    """One person in one world, with what the person has learned there."""

    def __init__(self, ground: Ground, post: str) -> None:
        self.ground, self.person = ground, ground.people[post]
        self.client: Client = browser(self.person.staff)
        self.client.raise_request_exception = False
        self.names, self.batches = Names(), list[str]()
        for number, one in enumerate((*ground.own, ground.foreign[0])):
            for part in ("customer", "record", "policy", "work_item"):
                self.names.share(f"{part} {number}", getattr(one, part))
        for code, member in ground.people.items():
            self.names.share(code, UUID(member.actor.id))

    @property
    def actor(self) -> Actor:
        return self.person.actor

    def do(self, act: Act) -> str:
        """The answer of an act, ready to be compared."""
        return plain(DOERS[act.kind](self, act.asked), self.names)

    def get(self, address: str, **query: str) -> str:
        return self._told(self.client.get(address, query))

    def post(self, address: str, data: dict[str, object]) -> str:
        return self._told(self.client.post(address, data))

    def _told(self, response: HttpResponse) -> str:
        kind = response.headers.get("Content-Type", "")
        body = response.content.decode() if kind.startswith(("text", "application/json")) else kind
        self.batches += [
            one for one in re.findall(r"/imports/([0-9a-f-]{36})/", body) if one not in self.batches
        ]
        return f"{response.status_code} {response.headers.get('Location', '')}\n{body}"


def _open_pages() -> list[str]:
    """Every page without a part in its address, by the map."""
    return sorted(
        f"/{_whole(entry)}"
        for entry in patterns(get_resolver())
        if not entry.pattern.converters
        and not entry.callback.__module__.startswith(FOREIGN)
        and entry.name not in TOLD_ON_PURPOSE
    )


def _whole(entry: URLPattern) -> str:
    from django.urls import reverse

    return reverse(entry.name or "").lstrip("/")


def draw(random: Random, ground: Ground, leave_out: frozenset[str] = frozenset()) -> Act:
    """One act, drawn with its parts."""
    weights = [0 if kind in leave_out else weight for kind, (weight, _) in DRAWN.items()]
    kind = random.choices(list(DRAWN), weights)[0]
    return Act(kind, DRAWN[kind][1](random, ground))


def _customer(random: Random, ground: Ground) -> Known:
    return random.choice([*ground.own[:2], *ground.foreign, *ground.foreign])


def _value(random: Random, ground: Ground) -> str:
    one = _customer(random, ground)
    return random.choice(
        [*one.texts.values(), one.work_number, one.texts["phone"][-4:], one.texts["id_number"][-4:]]
    )


def _draw_open(random: Random, ground: Ground) -> Fields:
    query = {
        "purpose": random.choice(PURPOSES),
        "after": str(random.choice([_customer(random, ground).customer, NOBODY])),
        "branch": random.choice(["EAST", "EAST1", "WEST", "HQ", "NONE"]),
        "q": _value(random, ground),
    }
    named = random.sample(sorted(query), random.randint(0, 3))
    return {"page": random.choice(_open_pages()), **{name: query[name] for name in named}}


def _do_open(session: Session, asked: Fields) -> str:
    asked = dict(asked)
    return session.get(asked.pop("page"), **asked)


def _draw_look(random: Random, ground: Ground) -> Fields:
    one, other = _customer(random, ground), _customer(random, ground)
    return {
        "customer": str(random.choice([one.customer, one.customer, NOBODY])),
        "record": str(random.choice([one.record, one.policy, other.record, NOBODY])),
        "purpose": random.choice(PURPOSES),
        "work_item": random.choice(
            ["", str(one.work_item), str(other.work_item), one.work_number, str(NOBODY), "W404"]
        ),
        "field": random.choice(FIELDS),
    }


def _do_view(session: Session, asked: Fields) -> str:
    return session.get(f"/customers/{asked['customer']}/", purpose=asked["purpose"])


def _do_history(session: Session, asked: Fields) -> str:
    place = f"/customers/{asked['customer']}/records/{asked['record']}/history/"
    return session.get(place, purpose=asked["purpose"])


def _do_reveal(session: Session, asked: Fields) -> str:
    given = {"purpose": asked["purpose"], "work_item": asked["work_item"], "reason": "Caller check"}
    data: dict[str, object] = {f"reveal-{name}": text for name, text in given.items()}
    data["place"] = f"{asked['record']}:{asked['field']}"
    return session.post(f"/customers/{asked['customer']}/reveal/", data)


def _draw_find(random: Random, ground: Ground) -> Fields:
    return {
        "by": random.choice([code for code, _ in ways_to_find()]),
        "value": _value(random, ground),
        "purpose": random.choice(PURPOSES),
    }


def _draw_exact(random: Random, ground: Ground) -> Fields:
    by = random.choice(["id_number", "phone", "name", "email", "customer_number", "phone_last4"])
    text = _customer(random, ground).texts[by.removesuffix("_last4")]
    text = text[-4:] if by.endswith("_last4") else text
    return {"by": by, "value": text, "purpose": random.choice(PURPOSES)}


def _do_find(session: Session, asked: Fields) -> str:
    return session.post("/customers/find/", dict(asked))


def _draw_search(random: Random, ground: Ground) -> Fields:
    one = _customer(random, ground)
    both = f"{one.texts['name']} {one.texts['phone'][-4:]}"
    return {
        "text": random.choice([_value(random, ground), both]),
        "purpose": random.choice(PURPOSES),
    }


def _do_search(session: Session, asked: Fields) -> str:
    """The box: it leads to a page or shows who it may be."""
    return session.post("/customers/search/", dict(asked))


def _draw_list(random: Random, ground: Ground) -> Fields:
    return {
        "purpose": random.choice(PURPOSES),
        "branch": random.choice(["", "EAST", "WEST", "NONE"]),
        "after": str(random.choice([_customer(random, ground).customer, NOBODY])),
        "reason": "Spot check",
    }


def _do_list(session: Session, asked: Fields) -> str:
    return session.post("/customers/list/", dict(asked))


def _do_way_on(session: Session, asked: Fields) -> str:
    """Where a refusal leads: the form to record a call, the form to hand work over."""
    place = f"/customers/{asked['customer']}/"
    told = {"topic": "Address", "result": "Form sent", "purpose": asked["purpose"]}
    give = {"work_item": asked["work_item"], "assignee": "nobody", "reason": "Another's work"}
    return "\n".join(
        [
            session.get(f"{place}call/"),
            session.post(f"{place}call/", dict(told)),
            session.get(f"{place}hand-over/"),
            session.post(f"{place}hand-over/", dict(give)),
        ]
    )


def _draw_write(random: Random, ground: Ground) -> Fields:
    told = _customer(random, ground).texts
    given = random.choice(["id_number", "phone", "email", "customer_number"])
    fresh = {"name": "新客户", given: told[given]}
    return {**_draw_look(random, ground), "version": random.choice("12"), **fresh}


def _do_create(session: Session, asked: Fields) -> str:
    from tutela.access.models import Branch

    texts = {name: text for name, text in asked.items() if name in catalogue.BY_CODE}
    east = Branch.objects.get(code="EAST").id
    return _called(
        lambda: create_record(
            session.actor, NewRecord("customer", texts, branch_id=east), asked["purpose"]
        )
    )


def _do_add(session: Session, asked: Fields) -> str:
    number = {"policy_number": f"PX{asked['version']}{asked['customer_number'][-4:]}01"} if (
        "customer_number" in asked
    ) else {"policy_number": "PX00000001"}  # fmt: skip
    return _called(
        lambda: create_record(
            session.actor,
            NewRecord("policy", number, customer_id=asked["customer"]),
            asked["purpose"],
        )
    )


def _do_change(session: Session, asked: Fields) -> str:
    texts = {
        name: text for name, text in asked.items() if name in catalogue.BY_CODE and name != "name"
    }

    def change() -> object:
        edit = RecordEdit(asked["customer"], UUID(asked["record"]), texts, int(asked["version"]))
        return change_record(session.actor, edit, asked["purpose"])

    return _called(change)


def _called(act: Callable[[], object]) -> str:
    """The answer of a verb that machines call: what it gives, or its refusal."""
    try:
        made = act()
    except TutelaError as refused:
        return f"{refused.http_status} {refused.code} {refused.params} {refused.text()}"
    return f"done {type(made).__name__} {made}"


def _draw_file(random: Random, ground: Ground) -> Fields:
    one, other = _customer(random, ground), _customer(random, ground)
    number = random.choice([one.texts["customer_number"], other.texts["customer_number"], "NEW1"])
    row = {
        "客户号": number,
        "姓名": random.choice([one.texts["name"], "新客户"]),
        "身份证号": random.choice([one.texts["id_number"], other.texts["id_number"], "bad", ""]),
        "手机号码": random.choice([one.texts["phone"], "1", other.texts["phone"]]),
        "机构": random.choice(["EAST", "WEST", "", "NONE"]),
    }
    work = {
        "工单号": random.choice([one.work_number, other.work_number, "W00009999"]),
        "类型": "case",
        "身份证号": random.choice([one.texts["id_number"], other.texts["id_number"]]),
        "客户号": number,
        "经办人": random.choice(["self", "west"]),
        "开始日期": "2026-01-01",
        "结束日期": "",
    }
    paper = {"客户号": number, "身份证号": row["身份证号"], "保单号": "P77770001"}
    kind, cells = random.choice([("customer", row), ("work_item", work), ("policy", paper)])
    return {"collection": kind, "do": random.choice(["rehearse", "start", "start"]), **cells}


def _do_import(session: Session, asked: Fields) -> str:
    cells = {name: text for name, text in asked.items() if name not in {"collection", "do"}}
    for name, text in cells.items():
        if text in session.ground.people or text == "self":
            member = session.person if text == "self" else session.ground.people[text]
            cells[name] = member.staff.login
    out = io.StringIO()
    csv.writer(out).writerows([list(cells), list(cells.values())])
    file = io.BytesIO(out.getvalue().encode())
    file.name = "rows.csv"
    told = {"collection": asked["collection"], "source": "core"}
    answer = session.post("/imports/upload/", {**told, "file": file})
    place = re.match(r"302 (\S+)", answer)
    if not place:
        return answer
    page = session.get(place[1])
    data = {**_chosen(page), **told, "do": asked["do"]}
    settled = session.post(place[1].split("?")[0] + "settle/", data)
    parts = [answer, page, settled]
    if watch := re.match(r"302 (\S+)", settled):
        _work()
        parts.append(session.get(watch[1]))
    return "\n".join(parts)


def _chosen(page: str) -> Fields:
    """The fields that the page's selects hold."""
    found = re.findall(r'name="(field-\d+)".*?</select>', page, re.DOTALL)
    parts = re.split(r'<select class="form-select" name="field-\d+"', page)[1:]
    values = [re.search(r'value="(\w+)" selected', part.split("</select>")[0]) for part in parts]
    return {name: value[1] if value else "" for name, value in zip(found, values, strict=True)}


def _work() -> None:
    """The worker's part: imports only, so that no total is counted anew meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE status = 'todo'"
            " AND task_name <> %s",
            [import_upload.name],
        )
    work_off()


def _draw_batch(random: Random, _ground: Ground) -> Fields:
    return {"which": str(random.randint(0, 9)), "do": random.choice(["watch", "list", "open"])}


def _do_batch(session: Session, asked: Fields) -> str:
    which = int(asked["which"])
    batch = session.batches[which % len(session.batches)] if session.batches else str(NOBODY)
    if asked["do"] == "open":
        return session.post(
            f"/imports/{batch}/rejects/open/",
            {"purpose": "administration", "reason": "To mend rows", "word": "open"},
        )
    return session.get(f"/imports/{batch}/" + ("rejects/" if asked["do"] == "list" else ""))


def _draw_text(random: Random, ground: Ground) -> Fields:
    return {"title": f"Call {_value(random, ground)}", "text": _value(random, ground)}


def _do_task(session: Session, asked: Fields) -> str:
    data: dict[str, object] = {**asked, "department": "it", "post": "", "due": "2027-01-05"}
    return session.post("/tasks/create/", data)


def _draw_tongue(random: Random, _ground: Ground) -> Fields:
    return {"language": random.choice(["en", "zh-hans"]), "next": "/"}


def _do_tongue(session: Session, asked: Fields) -> str:
    return session.post("/language/", dict(asked))


DRAWN: dict[str, tuple[int, Callable[[Random, Ground], Fields]]] = {
    "open": (6, _draw_open),
    "view": (4, _draw_look),
    "history": (3, _draw_look),
    "reveal": (5, _draw_look),
    "find": (2, _draw_find),
    "find exactly": (4, _draw_exact),
    "search": (4, _draw_search),
    "list": (2, _draw_list),
    "way on": (2, _draw_look),
    "create": (2, _draw_write),
    "add": (1, _draw_write),
    "change": (2, _draw_write),
    "import": (2, _draw_file),
    "batch": (1, _draw_batch),
    "task": (1, _draw_text),
    "language": (1, _draw_tongue),
}
DOERS: dict[str, Callable[[Session, Fields], str]] = {
    "open": _do_open,
    "view": _do_view,
    "history": _do_history,
    "reveal": _do_reveal,
    "find": _do_find,
    "find exactly": _do_find,
    "search": _do_search,
    "list": _do_list,
    "way on": _do_way_on,
    "create": _do_create,
    "add": _do_add,
    "change": _do_change,
    "import": _do_import,
    "batch": _do_batch,
    "task": _do_task,
    "language": _do_tongue,
}
