"""Unusual values go in by every door; afterwards no file, no log and no answer of an error holds them."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import installation, stock, uploads
from tests.faults.installation import Installation
from tests.faults.test_lose_database import Person
from tutela.crypto.normalise import id_card_18

NAME, STORY = "夔魍魉", "饕餮盛宴上打翻了琉璃盏"
EMAIL, PHONE = "canary.7f3k9@quetzal-example.com", "19988877766"
WRONG, REASON, FILE = "魑魅11010119900399", "貔貅来电核实", "貘犼花名册.csv"
ID_NUMBER = str(id_card_18("13010219650704917"))
VALUES = (NAME, STORY, EMAIL, PHONE, WRONG, REASON, ID_NUMBER)
ENCODINGS = ("utf-8", "utf-16-le", "gb18030")
HEAD = "客户号,姓名,身份证号,手机号,电子邮箱,联系地址,所属机构"


def _forms(text: str) -> Iterator[bytes]:
    """The value as bytes may hold it: three encodings, each plain, in hex and in base64's three phases."""
    for encoding in ENCODINGS:
        raw = text.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for phase in range(3):
            coded = base64.b64encode(bytes(phase) + raw)[4 if phase else 0 : -4]
            if len(coded) > 8:
                yield coded


def _found(body: bytes) -> list[str]:
    return [value for value in VALUES for form in _forms(value) if form in body]


def _plant(house: Installation) -> list[str]:
    """Every door and every wrong way in; what the refusals said."""
    rows = [
        f"Q1,{NAME},{ID_NUMBER},{PHONE},{EMAIL},{STORY},EAST",
        f"Q2,{NAME},{WRONG},{PHONE}{PHONE},{EMAIL},{STORY},EAST",
        f"Q3,{NAME},{ID_NUMBER},{PHONE},{EMAIL},{STORY},{WRONG}",
    ]
    file = house.folder / FILE
    file.write_text("\n".join([HEAD, *rows]), "utf-8")
    (done,) = house.tutela("import", str(file), "--collection", "customer", "--yes")
    assert (done["created"], done["rejected"]) == (1, 2)
    said = [Path(done["rejects_file"]).read_text("utf-8")]
    house.run("customers", "find", "--by", "phone", WRONG, "--purpose", "service")
    house.run("customers", "show", WRONG, "--purpose", "service")
    house.register_source("other")
    status, text = house.ask(
        "POST", "/api/v1/imports?collection=customer&source=other", file.read_bytes(),
        Authorization=f"Bearer {house.machine}", **{"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    assert status == 202, text
    place = f"/api/v1/imports/{json.loads(text)['import_id']}"
    key = {"Authorization": f"Bearer {house.machine}"}
    installation.until(lambda: "finished" in house.ask("GET", place, **key)[1], 60, "the import")
    return said + _plant_by_api(house) + _plant_by_page(house) + _plant_by_form(house, file)


def _plant_by_api(house: Installation) -> list[str]:
    asked = {"by": "phone", "value": PHONE, "purpose": "service"}
    (one,) = house.api("POST", "/customers/find", asked)["customers"]
    reveal = f"/customers/{one['customer_id']}/reveal"
    wish = {"fields": ["phone"], "purpose": "service", "reason": REASON}
    wrong = [
        ("POST", "/customers/find", asked | {"value": WRONG}),
        ("POST", "/customers/find", asked | {"by": EMAIL, "purpose": NAME}),
        ("POST", reveal, wish | {"work_item": WRONG}),
        ("POST", reveal, wish | {NAME: STORY}),
        ("POST", "/records", {"collection": "customer", "values": {"id_number": WRONG}}),
        ("GET", f"/customers?purpose={'%E5%A4%94'}", None),
    ]
    told = []
    for method, path, body in wrong:
        status, text = house.ask(method, f"/api/v1{path}", body)
        assert 400 <= status < 500, text
        told.append(text)
    assert house.ask("POST", f"/api/v1{reveal}", wish | {"work_item": ""})[0] == 403
    return told


def _plant_by_page(house: Installation) -> list[str]:
    person = Person(house)
    told = [
        person.post("/customers/", by="id_number", value=WRONG, purpose="service"),
        person.post("/account/login/", login=NAME, password=STORY),
        person.get(f"/{WRONG.encode().hex()}/"),
    ]
    return [text.split("<input")[0] if "<input" in text else text for _status, text in told]


def _plant_by_form(house: Installation, file: Path) -> list[str]:
    """The console's import: one upload that is rehearsed and imported, one that is left at its
    mapping, one that breaks off; what the pages said."""
    person = Person(house, stock.MANAGER)
    address, mapping = uploads.upload(person, file)
    _, rehearsed = uploads.settle(person, address, mapping, "rehearse")
    watched, _ = uploads.settle(person, address, mapping, "start")
    installation.until(
        lambda: 'hx-target="#waiting"' not in person.get(watched)[1], 60, "the form's import"
    )
    done = person.get(watched)[1]
    batch = re.findall(r"/imports/[0-9a-f-]{36}/", done)[0]
    why = {"purpose": "service", "reason": "to mend the file"}
    opened = uploads.press(person, done, f"{batch}rejects/open/", why)[1]
    assert NAME not in opened  # only the faulty cell is in clear
    _, left = uploads.upload(person, file)
    uploads.break_off(person, file)
    assert len(list((house.home / "spool").glob("*"))) >= 1
    listed = [person.get(place)[1] for place in ("/imports/", batch, f"{batch}rejects/")]
    return [mapping, rehearsed, done, left, *listed]


@pytest.fixture
def planted(copied: Installation) -> tuple[Installation, list[str]]:
    return copied.up(TUTELA_LOG_LEVEL="DEBUG"), _plant(copied)


def test_no_trace_of_a_planted_value_anywhere(planted: tuple[Installation, list[str]]):
    """Data directory (tables, write-ahead log, logs, spool), our files in /tmp, what was printed, and
    what the refusals said."""
    house, said = planted
    house.sql("CHECKPOINT")
    texts = {f"answer {n}": text for n, text in enumerate(said)}
    texts |= {f"printed {n}": text for n, text in enumerate(house.told)}
    assert set(_found((house.folder / FILE).read_bytes())) == {*VALUES} - {REASON}
    held = {name: found for name, text in texts.items() if (found := _found(text.encode()))}
    assert not held
    house.stop()
    files = [path for path in house.folder.rglob("*") if path.is_file() and path.name != FILE]
    assert any("pg_wal" in str(path) for path in files)
    leaks = {str(path): found for path in files if (found := _found(path.read_bytes()))}
    assert not leaks
