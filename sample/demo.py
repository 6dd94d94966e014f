"""`make demo`: start Tutela and give it the sample insurer through the ordinary doors.

The files are written, the year before today is played by the people of the sample insurer
(`sample/year`), passwords are set through the one-time links that everybody gets, and the exports are
imported with `tutela import`, as an operator would. Nothing here is a short cut into the database.
"""

import csv
import http.cookiejar
import json
import os
import re
import secrets
import shlex
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

from sample import codes
from tutela.cli.running import account

# Who may sign in, and what to try first.
PEOPLE = {
    "service_agent": (
        "客服专员 service agent",
        "查客户、凭工单看一项明文；阅读新版制度 · find a customer, see one value with a work item; read a policy",
    ),
    "claims_adjuster": (
        "理赔专员 claims adjuster",
        "从赔案打开客户 · open a customer from a claim",
    ),
    "branch_manager": (
        "机构负责人 branch manager",
        "第二人批准制度；重新决定到期的风险接受 · approve a policy; decide on an acceptance that ends",
    ),
    "marketing_analyst": (
        "市场分析员 marketing analyst",
        "只见脱敏值 · sees masks only",
    ),
    "data_steward": (
        "数据管理员 data steward",
        "核定待核数据、办理机构转移、登记来源 · held rows, moves between branches, sources",
    ),
    "compliance_officer": (
        "合规专员 compliance officer",
        "批准并发布制度、会签目标、做评估、出证据包 · approve, publish, sign a target, rate, make a pack",
    ),
    "security_admin": (
        "安全管理员 security administrator",
        "看年度日历、开委员会、催办缺口 · the year's calendar, the committee, what is missing",
    ),
    "system_admin": (
        "系统管理员 system administrator",
        "完成逾期任务、看健康页；不见客户数据 · an overdue task, the health page; no customer data",
    ),
    "auditor": (
        "审计员 auditor",
        "从数字走到证据，看谁查过谁 · from a figure to its rows; who looked at whom",
    ),
}
FILES = (
    ("customers.csv", "customer"),
    ("policies.xlsx", "policy"),
    ("claims.csv", "claim"),
    ("contacts.csv", "contact"),
    ("workitems.csv", "work_item"),
)
SEED = re.compile(r'class="secret">([A-Z2-7]+)<')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# Canary customers have two keepers, and only compliance officers are offered.
SEATS = {"compliance_officer": 2}
MOBILE = re.compile(r"1[3-9]\d{9}")
START_SECONDS = 90
BACKUP_SECONDS = 120


def main(folder: Path) -> int:
    """Run the demo in a folder until Ctrl-C. The second time only starts it."""
    files, home = folder / "files", Path(os.environ["TUTELA_HOME"])
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A demo holds the key of its drills beside its data; a company keeps it on another machine.
    os.environ.setdefault(
        "TUTELA_BACKUP_IDENTITY_FILE", str(folder / "backups" / "keys" / "drill.txt")
    )
    ready = folder / "ready"
    if not (files / "manifest.json").exists():
        say("writing the sample insurer's files")
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        run([sys.executable, "-m", "sample", "--out", str(files), "--today", today])
    if not ready.exists():
        say("playing the programme's year before today")
        run([sys.executable, "-m", "sample.year", str(files)])
        hand_over(folder / "backups", home)
    with tutela_up(home) as server:
        if not ready.exists():
            fill(files, folder / "sign-ins.json", home)
            ready.touch()
        welcome(folder / "sign-ins.json", files)
        return server.wait()


def hand_over(backups: Path, home: Path) -> None:
    """Under root the worker has an account of its own, which writes copies and reads the key of drills."""
    owner = account.choose(home)
    for path in (backups, *backups.rglob("*")):
        account.own(path, owner)


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


def back_up() -> None:
    """One backup by the shell, once that of the timetable, which the worker may be making, is done."""
    words = [sys.executable, "-m", "tutela", "backup", "run", "--json"]
    until = time.monotonic() + BACKUP_SECONDS
    while (done := subprocess.run(words, capture_output=True, text=True, check=False)).returncode:
        if "backup.run_going" not in done.stderr + done.stdout or time.monotonic() > until:
            say("  it failed; the page of backups says why")
            return
        time.sleep(2)


def fill(files: Path, sign_ins: Path, home: Path) -> None:
    """Customers, policies, claims, calls, work items, passwords; the people are there already."""
    for name, collection in FILES:
        say(f"importing {name}")
        told = tutela("import", str(files / name), "--collection", collection, "--yes")
        say("  " + ", ".join(f"{key} {told[0][key]}" for key in
            ("rows", "created", "unchanged", "rejected", "seconds")))  # fmt: skip
    say("making the first real backup")
    back_up()
    # Again, now that the customers are known: staff may not open their own records.
    tutela("staff", "import", str(files / "staff.csv"))
    chosen = one_of_each(files / "staff.csv")
    found = []
    for made in tutela("staff", "link", *chosen):
        password = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}"
        set_password(browser(home), made["link"], password)
        seed = enrol(browser(home), address(), made["login"], password)
        found.append(
            {
                "post": chosen[made["login"]],
                "login": made["login"],
                "password": password,
                "seed": seed,
            }
        )
    sign_ins.touch(mode=0o600)
    sign_ins.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


def one_of_each(staff: Path) -> dict[str, str]:
    """The first login of each post that the demo shows, and the second where two of one post act together."""
    found: dict[str, str] = {}
    for line in staff.read_text(encoding="utf-8-sig").splitlines()[1:]:
        _number, login, _name, post, *_ = line.split(",")
        if post in PEOPLE and list(found.values()).count(post) < SEATS.get(post, 1):
            found[login] = post
    return found


def enrol(client: urllib.request.OpenerDirector, house: str, login: str, password: str) -> str:
    """Sign in for the first time and set up the second factor if the post asks for one; its key."""
    page, target = _post(
        client, *_page(client, f"{house}/account/login/"), login=login, password=password
    )
    shown = SEED.search(page)
    if shown is None:
        if target != f"{house}/":
            sys.exit("tutela: the password was not taken at the sign-in")
        return ""
    _, target = _post(client, page, target, code=codes.code(shown.group(1), time.time()))
    if not target.endswith("/recovery-codes/"):
        sys.exit("tutela: the second factor was not taken")
    return shown.group(1)


def set_password(client: urllib.request.OpenerDirector, link: str, password: str) -> None:
    """Open the one-time link and fill in its form, as a person would."""
    _, target = _post(client, *_page(client, link), password=password, again=password)
    if not target.endswith("/account/login/"):
        sys.exit("tutela: the password was not taken")


def _page(client: urllib.request.OpenerDirector, place: str) -> tuple[str, str]:
    """The text and the address of a page."""
    with client.open(place, timeout=60) as answer:
        return answer.read().decode(), answer.url


def _post(
    client: urllib.request.OpenerDirector, page: str, place: str, **fields: str
) -> tuple[str, str]:
    """Send a page's form to its own address; the text and the address of what comes back."""
    token = TOKEN.search(page)
    if token is None:
        sys.exit("tutela: a page of the sign-in looks different than expected")
    told = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1), **fields}).encode()
    request = urllib.request.Request(place, told, {"Referer": place})  # noqa: S310 our own https address
    with client.open(request, timeout=60) as answer:
        return answer.read().decode(), answer.url


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


def welcome(sign_ins: Path, files: Path) -> None:
    """The address, who may sign in, whom to look for, and where the one-time codes come from."""
    say(f"\nTutela is ready: {address()}/")
    say("The certificate is this installation's own: tell the browser to go on.\n")
    people = json.loads(sign_ins.read_text(encoding="utf-8"))
    for person in people:
        name, task = PEOPLE[person["post"]]
        mark = " *" if person.get("seed") else ""
        say(f"  {person['login']:<16} {person['password']:<20} {name}{mark}")
        say(f"  {'':<16} {'':<20} {task}")
    if (phone := number_to_look_for(files, people)) is not None:
        say(f"\n  客服专员可检索的电话 a phone number for the service agent's search box: {phone}")
    where = (
        "" if sign_ins.parent.name == ".demo" else f" DEMO_HOME={shlex.quote(str(sign_ins.parent))}"
    )
    say(f"\n* 登录时还需六位验证码：在另一终端运行 make code{where}")
    say(
        f"  asks for a six-digit code after the password: run `make code{where}` in another terminal"
    )
    say("\nAll customers are invented. Ctrl-C stops it; `make demo` starts it again.")


def number_to_look_for(files: Path, people: list[dict[str, str]]) -> str | None:
    """The telephone of a customer of whom the service agent has an open case: pages show masks only."""
    login = next((one["login"] for one in people if one["post"] == "service_agent"), "")
    staff = next((row["staff_no"] for row in _rows(files, "staff") if row["login"] == login), "")
    mine = {
        row["customer"]
        for row in _rows(files, "workitems")
        if (row["kind"], row["assignee"], row["closed"]) == ("case", staff, "")
    }
    found = (
        row["手机号码"] for row in _rows(files, "customers", "gb18030") if row["客户号"] in mine
    )
    return next((one for one in found if MOBILE.fullmatch(one)), None)


def _rows(files: Path, name: str, encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    """The rows of one of the sample's files; a broken byte is part of the sample."""
    with (files / f"{name}.csv").open(encoding=encoding, errors="replace", newline="") as file:
        yield from csv.DictReader(file)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
