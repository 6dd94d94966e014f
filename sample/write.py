"""Write the whole sample insurer into one folder, and say what an import of it should find."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from random import Random

from sample.files import as_rows, write_csv, write_customers_xlsx, write_policies
from sample.house import BRANCH_HEADER, STAFF_HEADER, Staff, branches, staff
from sample.papers import CLAIM_HEADER, CONTACT_HEADER, WORK_HEADER, Papers
from sample.people import HEADER, Customers, Row
from sample.spoil import CLAIMS, CUSTOMERS, POLICIES, Entry, Spoilt, listed, spoil

TODAY = date(2026, 10, 31)  # The day of the exports unless told: fixed, so that bytes repeat.
LATE = 2000
CHANGED_SHARE = NEW_SHARE = 0.05
CONTACTS_PER_CUSTOMER = 0.6
OWN_STAFF = 5  # staff who are customers too


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to write and where."""

    out: Path
    customers: int = 20_000
    policies: int = 35_000
    claims: int = 9_000
    seed: int = 7
    today: date = TODAY


def write_house(out: Path, people: tuple[Staff, ...]) -> None:
    """branches.csv and staff.csv."""
    write_csv(out / "branches.csv", BRANCH_HEADER, list(as_rows(BRANCH_HEADER, branches())))
    write_csv(out / "staff.csv", STAFF_HEADER, list(as_rows(STAFF_HEADER, people)))


def write_all(order: Order) -> dict[str, object]:
    """Every file of the insurer; answers the manifest, which is also written."""
    maker = Customers(order.seed, order.today)
    clean = list(maker.rows(order.customers))
    rng = Random(f"faults {order.seed}")
    customers = spoil(clean, CUSTOMERS, rng)
    known = without_faults(customers)
    people = staff(order.seed, own_staff(known, order.seed))
    write_house(order.out, people)
    spoilt = write_customers(order, customers)
    papers = Papers(order.seed, order.today, people)
    spoilt += write_papers(order, papers, known, rng)
    late = write_late(order, maker, known)
    return write_manifest(order, spoilt, late, len(clean))


def without_faults(entries: list[Entry]) -> list[Row]:
    """Customers whose every value is right: papers and later files build on these."""
    return [entry.row for entry in entries if entry.kind is None]


def own_staff(known: list[Row], seed: int) -> list[tuple[str, str, str]]:
    """A few customers who also work here, with a login of their own."""
    people = [row for row in known if row["证件类型"] == "居民身份证"]
    chosen = Random(f"own {seed}").sample(people, min(OWN_STAFF, len(people)))
    return [(r["客户号"], r["姓名"], f"own{n}") for n, r in enumerate(chosen, start=1)]


def write_customers(order: Order, entries: list[Entry]) -> list[Spoilt]:
    """customers.csv in GB18030, as old systems write it."""
    name, rows = "customers.csv", [entry.row for entry in entries]
    lines = write_csv(order.out / name, HEADER, rows, encoding="gb18030", end="\r\n")
    return list(listed(name, entries, lines))


def write_papers(order: Order, papers: Papers, known: list[Row], rng: Random) -> list[Spoilt]:
    """Policies, claims, service calls and work items; answers the spoilt rows."""
    cards = {row["客户号"]: row["银行卡号"] for row in known}
    policies = spoil(papers.policies(order.policies, known), POLICIES, rng)
    good = without_faults(policies)
    claims = spoil(papers.claims(order.claims, good, cards), CLAIMS, rng)
    calls = papers.contacts(int(order.customers * CONTACTS_PER_CUSTOMER), known)
    rows = [entry.row for entry in policies]
    looks = Random(f"looks {order.seed}")
    at = write_policies(order.out / "policies.xlsx", rows, order.today, looks)
    spoilt = list(listed("policies.xlsx", policies, at))
    rows = [entry.row for entry in claims]
    at = write_csv(order.out / "claims.csv", CLAIM_HEADER, rows, bom=True)
    spoilt += listed("claims.csv", claims, at)
    write_csv(order.out / "contacts.csv", CONTACT_HEADER, calls)
    work = list(papers.work(good, without_faults(claims), calls))
    write_csv(order.out / "workitems.csv", WORK_HEADER, work)
    return spoilt


def write_late(order: Order, maker: Customers, known: list[Row]) -> dict[str, int]:
    """customers.xlsx: a later batch, mostly known customers unchanged; answers the counts."""
    rng = Random(f"late {order.seed}")
    size = min(LATE, len(known))
    changed, new = int(size * CHANGED_SHARE), int(size * NEW_SHARE)
    old = rng.sample(known, size - new)
    fresh_at = order.customers  # the first index that no customer has
    rows = [change(row, maker, fresh_at + new + n) for n, row in enumerate(old[:changed])]
    rows += old[changed:] + list(maker.rows(new, fresh_at))
    rng.shuffle(rows)
    write_customers_xlsx(order.out / "customers.xlsx", HEADER, rows)
    return {"unchanged": len(old) - changed, "changed": changed, "new": new}


def change(row: Row, maker: Customers, index: int) -> Row:
    """The customer with a new mobile, or a new card as well."""
    card = maker.ids.card(index)
    moved = {"开户银行": card.bank, "银行卡号": card.number} if index % 2 else {}
    return row | {"手机号码": maker.ids.mobile(index)} | moved


def write_manifest(
    order: Order, spoilt: list[Spoilt], late: dict[str, int], customers: int
) -> dict[str, object]:
    """spoilt.json, and manifest.json with what a right import finds in each file."""
    given = {
        "customers.csv": customers,
        "policies.xlsx": order.policies,
        "claims.csv": order.claims,
    }
    files = {name: expected(name, count, spoilt) for name, count in given.items()}
    files["customers.xlsx"] = late
    found: dict[str, object] = {
        "seed": order.seed, "today": str(order.today), "files": files,
    }  # fmt: skip
    write_json(order.out / "spoilt.json", [asdict(entry) for entry in spoilt])
    write_json(order.out / "manifest.json", found)
    return found


def expected(name: str, distinct: int, spoilt: list[Spoilt]) -> dict[str, int]:
    """Rows in the file, and how many of them come in, come twice or are refused."""
    own = [entry for entry in spoilt if entry.file == name]
    doubled = sum(entry.kind == "doubled_row" for entry in own)
    refused = sum(entry.refuse for entry in own)
    return {
        "rows": distinct + doubled, "created": distinct - refused, "unchanged": doubled,
        "refused": refused, "spoilt": len(own),
    }  # fmt: skip


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
