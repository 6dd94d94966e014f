"""Counts of attempts are one for all processes of the installation, and hold nothing of anybody."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests.access import cast
from tutela.access import attempts, errors, sign_in
from tutela.access.actions import attempts as table
from tutela.access.actions.passwords import set_password
from tutela.base.actor import SYSTEM
from tutela.trail import connect

WRONG = "wrong horse battery"


@pytest.fixture
def agent(tree) -> cast.Member:
    cache.clear()
    # A post that needs no second factor: it sees masks only.
    made = cast.hire("marketing_analyst", "EAST")
    set_password(SYSTEM, made.staff, cast.PASSWORD)
    return made


OTHER = """
import contextlib, io, json, sys, traceback
import django; django.setup()
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try: exec(json.loads(line), {}); fault = ""
        except Exception: fault = traceback.format_exc()
    print(json.dumps([printed.getvalue().strip(), fault]), flush=True)
from tutela.trail import writer; writer.stop()
"""


@pytest.fixture(scope="module")
def elsewhere(database: str) -> Iterator[Callable[[str], str]]:
    """What a few lines print in another process, as another web process would see it. One for all tests here:
    starting it costs more than what it does."""
    words = [sys.executable, "-c", OTHER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, text=True, env=os.environ, **pipes) as other:

        def run(code: str) -> str:
            assert other.stdin is not None
            assert other.stdout is not None
            other.stdin.write(json.dumps(code) + "\n")
            other.stdin.flush()
            printed, fault = json.loads(other.stdout.readline())
            assert not fault, fault
            return str(printed)

        yield run
        other.communicate(timeout=30)


def rows() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, held::text, until - now() FROM access_attempt ORDER BY until")
        return cursor.fetchall()


def test_two_processes_count_together(agent, elsewhere):
    """The third of one is the fourth of the other."""
    for _ in range(3):
        attempts.count("door", 60)
    told = elsewhere("from tutela.access import attempts; print(attempts.count('door', 60)[0])")
    assert told == "4"
    assert attempts.so_far("door") == 4


def test_no_count_is_lost_when_many_connections_count_at_once(agent):
    """Eight connections, 25 each."""

    def often(_: int) -> None:
        try:
            for _ in range(25):
                attempts.count("crowd", 60)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(often, range(8)))
    assert attempts.so_far("crowd") == 200


def test_wrong_passwords_at_another_process_close_the_shell_here(agent, elsewhere):
    """Five in five minutes, wherever they were tried."""
    code = f"""
from tutela.access import errors, sign_in
for _ in range(5):
    try: sign_in.authenticate_for_shell({agent.staff.login!r}, {WRONG!r})
    except errors.SignInFailed: pass
"""
    elsewhere(code)
    with pytest.raises(errors.TooManyAttempts):
        sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD)


def test_wrong_passwords_on_the_page_of_another_process_count_here(agent, elsewhere):
    """For one account from one address."""
    code = f"""
from django.test import Client
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
facts = {{"login": {agent.staff.login!r}, "password": {WRONG!r}}}
for _ in range(5): Client(REMOTE_ADDR="10.9.9.9").post("/account/login/", facts, secure=True)
"""
    elsewhere(code)
    browser = Client(REMOTE_ADDR="10.9.9.9")
    facts = {"login": agent.staff.login, "password": cast.PASSWORD}
    assert browser.post(reverse("account_login"), facts, secure=True).status_code == 200


def test_a_code_that_was_used_is_used_everywhere_and_as_long_as_it_would_be_taken(agent, elsewhere):
    """The library forgets it after 30 seconds, though it takes it for 90."""
    secret = generate_totp_secret()
    TOTP.activate(agent.staff, secret)
    code = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[2]))
    sign_in.authenticate_for_shell(agent.staff.login, cast.PASSWORD, code)
    assert rows()[-1][2].total_seconds() > 60
    held = Authenticator.objects.get(user=agent.staff).id
    told = elsewhere(f"""
from allauth.mfa.models import Authenticator
print(Authenticator.objects.get(id={held}).wrap().validate_code({code!r}))
""")
    assert told == "False"


def test_the_table_holds_hashes_and_counts_only(agent):
    """No login, no address, no code."""
    browser = Client(REMOTE_ADDR="203.0.113.77")
    facts = {"login": agent.staff.login, "password": WRONG}
    browser.post(reverse("account_login"), facts, secure=True)
    found = rows()
    assert found
    assert all(len(bytes(key)) == 32 for key, _, _ in found)
    text = repr([(bytes(key), held) for key, held, _ in found])
    assert "203.0.113.77" not in text
    assert agent.staff.login not in text


def test_a_page_of_a_signed_in_person_asks_nothing_of_the_table(agent, monkeypatch):
    """Only attempts do; nor does the sign-in page when it is only looked at."""
    browser = Client()
    facts = {"login": agent.staff.login, "password": cast.PASSWORD}
    sent: list[str] = []

    def noted(statement, values):
        sent.append(statement)
        return connect.fetch(statement, values)

    monkeypatch.setattr(table, "fetch", noted)
    assert browser.get(reverse("account_login"), secure=True).status_code == 200
    assert sent == []
    assert browser.post(reverse("account_login"), facts, secure=True).status_code == 302
    assert sent
    sent.clear()
    assert browser.get(reverse("console-me"), secure=True).status_code == 200
    assert sent == []


def test_what_is_over_counts_no_more_and_is_cleaned_away(agent, monkeypatch):
    """With the next attempt, once a minute."""
    attempts.count("old", -5)
    assert attempts.so_far("old") == 0
    assert cache.add("older", "y", timeout=-5)
    assert cache.get("older", "nothing") == "nothing"
    assert attempts.count("old", 60) == (1, pytest.approx(60, abs=1))
    monkeypatch.setattr(table, "_tidied", -table.TIDY_SECONDS)
    attempts.count("new", 60)
    assert len(rows()) == 2


def test_it_is_a_cache_as_the_library_expects(agent):
    """Lists, marks, and of two who add the same one wins."""
    cache.set("list", [1.5, 2.25], 30)
    assert cache.get("list") == [1.5, 2.25]
    assert [cache.add("mark", True, 10), cache.add("mark", True, 10)] == [True, False]
    assert [cache.delete("mark"), cache.delete("mark")] == [True, False]
    assert cache.add("mark", True, None)
    assert 86_000 < rows()[-1][2].total_seconds() <= 86_400
    with pytest.raises(TypeError):
        cache.set("object", object())


def test_the_table_is_unlogged_and_closed_to_the_auditor(agent):
    """It costs no write on the way of a sign-in, and nobody needs to read it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'access_attempt'")
        assert cursor.fetchone() == ("u",)
        cursor.execute("SELECT has_table_privilege('tutela_auditor', 'access_attempt', 'SELECT')")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_table_privilege('tutela_app', 'access_attempt', 'TRUNCATE')")
        assert cursor.fetchone() == (False,)


def test_a_key_that_is_no_hash_is_refused_by_the_table(agent):
    """Whoever writes a name there by hand."""
    with pytest.raises(psycopg.errors.CheckViolation), connection.connection.transaction():
        connection.connection.execute(
            "INSERT INTO access_attempt VALUES ('\\x00', '1', now())", prepare=False
        )
