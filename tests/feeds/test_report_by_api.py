"""Another system reports looks by the API: its machine account may, and its feed's key signs."""

import json
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest
from django.test import Client

from tests.access import cast
from tests.feeds.conftest import PHONE, at, looks
from tutela.access.actions.keys import create_api_key
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.crypto import digest, sign
from tutela.feeds.actions import feeds as feed_actions
from tutela.feeds.actions import keys
from tutela.feeds.models import Delivery

COLUMNS = {
    "at": "at",
    "person": "person",
    "customer_number": "customer",
    "phone": "phone",
    "number": "n",
}


class Sender:
    """A system that signs as RFC 9421 says."""

    def __init__(self, ground, name, kind="ed25519"):
        self.feed = ground.register(name, "jsonl", columns=COLUMNS)
        key, secret = keys.make_key(ground.manager.actor, name, kind)
        self.key_id, self.kind, self.secret = str(key.id), kind, b64decode(secret)
        _, self.bearer = create_api_key(SYSTEM, cast.hire("partner_service").staff, label="core")

    def send(self, body, *, name="", created=None, digested=None, bearer="", **changed):
        path = f"/api/v1/feeds/{name or self.feed.name}/looks"
        told = f"sha-256=:{b64encode(digest.sha256(digested or body)).decode()}:"
        when = int((created or clock.now()).timestamp())
        key_id = changed.pop("key_id", self.key_id)
        inner = f'("@method" "@path" "content-digest");created={when};keyid="{key_id}"'
        base = f'"@method": POST\n"@path": {path}\n"content-digest": {told}\n"@signature-params": {inner}'
        raw = base.encode()
        signed = (
            sign.sign(self.secret, raw)
            if self.kind == "ed25519"
            else digest.keyed(self.secret)(raw)
        )
        headers = {
            "HTTP_AUTHORIZATION": f"Bearer {bearer or self.bearer}",
            "HTTP_CONTENT_DIGEST": told,
            "HTTP_SIGNATURE_INPUT": f"feed={inner}",
            "HTTP_SIGNATURE": f"feed=:{b64encode(signed).decode()}:",
        } | changed
        return Client().generic(
            "POST", path, body, content_type="application/x-ndjson", secure=True, **headers
        )


def record(number=1, customer="C00001", **more):
    told = {"at": at(1, number).isoformat(), "person": "u_core", "customer": customer, "n": number}
    return json.dumps(told | more)


@pytest.fixture(scope="module")
def sender(ground):
    return Sender(ground, "api-core")


@pytest.mark.parametrize("kind", ["ed25519", "hmac"])
def test_signed_records_become_leaves(ground, kind):
    """The leaf names the key; the answer counts records and tells nothing of customers."""
    sender = Sender(ground, f"api-by-{kind[:2]}", kind)
    body = "\n".join([record(1), record(2, "C99999")]).encode()
    answer = sender.send(body)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert {name: told[name] for name in ("records", "taken", "doubled")} == {
        "records": 2,
        "taken": 2,
        "doubled": 0,
    }
    first, second = looks(sender.feed)
    assert first.detail["feed_key"] == sender.key_id
    assert first.subjects == (("customer", ground.customers[0]),)
    assert second.subjects == ()
    assert sender.send(body).json()["doubled"] == 2


def test_the_answer_is_the_same_whether_a_customer_is_known(sender):
    """Whoever feeds learns nothing: neither by the answer nor by its size."""
    answers = [
        sender.send(record(number, customer).encode())
        for number, customer in ((11, "C00002"), (12, "C77777"))
    ]
    shapes = [{**answer.json(), "delivery_id": ""} for answer in answers]
    assert shapes[0] == shapes[1]
    assert len(answers[0].content) == len(answers[1].content)


def test_wrong_signatures_are_refused_alike(ground, sender):
    """An unknown feed, another's key, another's name, another body, an old signature, a revoked key."""
    other = Sender(ground, "api-other")
    revoked = Sender(ground, "api-revoked")
    keys.revoke_key(ground.manager.actor, revoked.key_id)
    body = record(21).encode()
    before = Delivery.objects.count()
    answers = [
        sender.send(body, name="api-nobody"),
        sender.send(body, name=other.feed.name),
        sender.send(body, key_id=other.key_id),
        sender.send(body, digested=b"another body"),
        sender.send(body, created=clock.now() - timedelta(minutes=6)),
        sender.send(body, key_id="01a203c9-8ab7-7000-9e2d-90b1e5627cbe"),
        revoked.send(body),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert {answer.json()["code"] for answer in answers} == {"feeds.signature_refused"}
    assert len({answer.content for answer in answers}) == 1
    assert Delivery.objects.count() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"HTTP_SIGNATURE": ""},
        {"HTTP_SIGNATURE_INPUT": 'feed=("@method" "@path");created=1;keyid="x"'},
        {"HTTP_SIGNATURE_INPUT": "nonsense"},
        {"HTTP_SIGNATURE": "other=:AAAA:"},
    ],
)
def test_a_request_without_a_whole_signature_says_so(sender, changed):
    """A door that is misused answers how it is used."""
    answer = sender.send(record(31).encode(), **changed)
    assert (answer.status_code, answer.json()["code"]) == (422, "feeds.signature_missing")


def test_one_wrong_record_stores_none(sender):
    """The line is named, its text is not."""
    body = "\n".join([record(41), "", record(42, at="tomorrow " + PHONE)]).encode()
    answer = sender.send(body)
    assert (answer.status_code, answer.json()["code"]) == (422, "feeds.time_wrong")
    assert answer.json()["params"] == {"line": 3}
    assert PHONE not in answer.content.decode()
    assert not [leaf for leaf in looks(sender.feed) if leaf.detail["record_number"] == 41]


def test_too_much_at_once_is_refused(sender):
    """5,000 records are taken, one more is not; 4 MiB are the most."""
    line = record(51)
    answer = sender.send("\n".join([line] * 5001).encode())
    assert (answer.status_code, answer.json()["code"]) == (422, "feeds.body_too_large")
    answer = sender.send(b"x" * (4 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "api.body_too_large")


def test_who_has_no_right_to_report_is_refused(ground, sender):
    """A person's key is no machine's; the bearer and the signature are two locks."""
    _, clerk = create_api_key(SYSTEM, ground.clerk.staff, label="own")
    assert sender.send(record(61).encode(), bearer=clerk).status_code in {401, 403}
    assert sender.send(record(62).encode(), bearer="ttk_wrong").status_code == 401


def test_a_closed_feed_takes_nothing(ground):
    """Also when the signature is right."""
    sender = Sender(ground, "api-closed")
    feed_actions.close_feed(ground.manager.actor, "api-closed")
    answer = sender.send(record(71).encode())
    assert (answer.status_code, answer.json()["code"]) == (409, "feeds.feed_closed")
    feed_actions.reopen_feed(ground.manager.actor, "api-closed")
    assert sender.send(record(71).encode()).status_code == 200
