"""`make demo`: start Tutela and give it the sample insurer through the ordinary doors.

The files are written, people and branches imported, passwords set through the one-time links that
everybody gets, and the exports imported with `tutela import`, as an operator would. Nothing here is a
short cut into the database.
"""

import http.cookiejar
import json
import os
import re
import secrets
import signal
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

PEOPLE = {
    "service_agent": "客服专员 service agent",
    "claims_adjuster": "理赔专员 claims adjuster",
    "branch_manager": "机构负责人 branch manager",
    "marketing_analyst": "市场分析员 marketing analyst",
    "compliance_officer": "合规专员 compliance officer",
    "security_admin": "安全管理员 security administrator",
    "system_admin": "系统管理员 system administrator",
    "auditor": "审计员 auditor",
}
FILES = (
    ("customers.csv", "customer"),
    ("policies.xlsx", "policy"),
    ("claims.csv", "claim"),
    ("contacts.csv", "contact"),
    ("workitems.csv", "work_item"),
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
START_SECONDS = 90


def main(folder: Path) -> int:
    """Run the demo in a folder until Ctrl-C. The second time only starts it."""
    files, home = folder / "files", Path(os.environ["TUTELA_HOME"])
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    ready = folder / "ready"
    if not (files / "manifest.json").exists():
        say("writing the sample insurer's files")
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        run([sys.executable, "-m", "sample", "--out", str(files), "--today", today])
    with tutela_up(home) as server:
        if not ready.exists():
            fill(files, folder / "sign-ins.json", home)
            ready.touch()
        welcome(folder / "sign-ins.json")
        return server.wait()


@contextmanager
def tutela_up(home: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """`tutela up` as a child; Ctrl-C reaches it and is waited for."""
    server = subprocess.Popen([sys.executable, "-m", "tutela", "up"])
    signal.signal(signal.SIGINT, lambda *_: server.send_signal(signal.SIGINT))
    signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGTERM))
    try:
        wait_for(server, home)
        yield server
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait()


def wait_for(server: "subprocess.Popen[bytes]", home: Path) -> None:
    """Until the sign-in page answers; ends the demo when the server gives up."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit(server.returncode or 1)
        try:
            browser(home).open(f"{address()}/account/login/", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("tutela: the web server does not answer")


def address() -> str:
    return f"https://localhost:{os.environ.get('TUTELA_HTTPS_PORT', '8443')}"


def browser(home: Path) -> urllib.request.OpenerDirector:
    """A client that trusts this installation's own authority and keeps cookies."""
    trusted = ssl.create_default_context(cafile=str(home / "tls" / "authority.pem"))
    return urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=trusted),
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
    )


def fill(files: Path, sign_ins: Path, home: Path) -> None:
    """Branches, people, customers, policies, claims, calls, work items, passwords."""
    tutela("staff", "branches", str(files / "branches.csv"))
    tutela("staff", "import", str(files / "staff.csv"))
    for name, collection in FILES:
        say(f"importing {name}")
        told = tutela("import", str(files / name), "--collection", collection, "--yes")
        say("  " + ", ".join(f"{key} {told[0][key]}" for key in
            ("rows", "created", "unchanged", "rejected", "seconds")))  # fmt: skip
    # Again, now that the customers are known: staff may not open their own records.
    tutela("staff", "import", str(files / "staff.csv"))
    chosen = one_of_each(files / "staff.csv")
    found = []
    for made in tutela("staff", "link", *chosen):
        password = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}"
        set_password(browser(home), made["link"], password)
        found.append({"post": chosen[made["login"]], "login": made["login"], "password": password})
    sign_ins.touch(mode=0o600)
    sign_ins.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def one_of_each(staff: Path) -> dict[str, str]:
    """The first login of each post that the demo shows."""
    found: dict[str, str] = {}
    for line in staff.read_text(encoding="utf-8-sig").splitlines()[1:]:
        _number, login, _name, post, *_ = line.split(",")
        if post in PEOPLE and post not in found.values():
            found[login] = post
    return found


def set_password(client: urllib.request.OpenerDirector, link: str, password: str) -> None:
    """Open the one-time link and fill in its form, as a person would."""
    with client.open(link, timeout=10) as page:
        token = TOKEN.search(page.read().decode())
        target = page.url
    if token is None:
        sys.exit("tutela: the page for setting a password looks different than expected")
    told = {"csrfmiddlewaretoken": token.group(1), "password": password, "again": password}
    request = urllib.request.Request(  # noqa: S310 our own https address
        target, urllib.parse.urlencode(told).encode(), {"Referer": target}
    )
    with client.open(request, timeout=10) as answer:
        if not answer.url.endswith("/account/login/"):
            sys.exit("tutela: the password was not taken")


def tutela(*words: str) -> list[dict[str, str]]:
    """Run a command with --json and answer its lines."""
    done = run([sys.executable, "-m", "tutela", *words, "--json"], capture=True)
    return [json.loads(line) for line in done.splitlines()]


def run(command: list[str], *, capture: bool = False) -> str:
    pipe = subprocess.PIPE if capture else None
    done = subprocess.run(command, stdout=pipe, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def welcome(sign_ins: Path) -> None:
    """The address and who may sign in."""
    say(f"\nTutela is ready: {address()}/")
    say("The certificate is this installation's own: tell the browser to go on.\n")
    for person in json.loads(sign_ins.read_text(encoding="utf-8")):
        say(f"  {person['login']:<16} {person['password']:<20} {PEOPLE[person['post']]}")
    say("\nAll customers are invented. Ctrl-C stops it; `make demo` starts it again.")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
