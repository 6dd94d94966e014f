"""What a test does inside an installation that is not its own process: seal sets, destroy a customer, count."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.installation import REPOSITORY, Installation


def inside(house: Installation, verb: str, *words: str, **environment: str) -> dict[str, Any]:
    """Run one verb of `main` in the installation; its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.backups", verb, *words], env=house.environment | environment,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=REPOSITORY, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def seal(folder: str, identity: str) -> dict[str, Any]:
    """Both sets into a folder; the private key goes into the file `identity`."""
    from tests.backup import sealed

    made = sealed.seal(Path(folder))
    Path(identity).write_text(made.identity + "\n")
    return {"full": made.full, "keys": made.keys, "signer": made.signer.hex()}


def ground(folder: str, identity: str) -> dict[str, Any]:
    """Two recipients and a target in a folder, as rows; the private key goes into the file `identity`."""
    from tutela.access.models import Staff
    from tutela.backup.models import Recipient, Target
    from tutela.base import clock
    from tutela.crypto import age

    person, now = Staff.objects.filter(kind="machine").first(), clock.now()
    private, public = age.new_identity()
    Path(identity).write_text(private + "\n")
    Path(folder).mkdir(exist_ok=True)
    for name, role, key in (
        ("operations", "operations", public),
        ("escrow", "escrow", age.new_identity()[1]),
    ):
        Recipient.objects.create(name=name, role=role, key=key, created_at=now, created_by=person)
    Target.objects.create(
        name="target",
        url=Path(folder).as_uri(),
        offsite=True,
        media="disk",
        created_at=now,
        created_by=person,
    )
    return {}


def back_up() -> dict[str, Any]:
    """A full run to its end, with its first verifications."""
    from tutela.backup import signing
    from tutela.backup.actions import runs
    from tutela.backup.models import Verification
    from tutela.base.actor import SYSTEM

    run = runs.carry_out(SYSTEM, runs.run_now(SYSTEM))
    said = [[row.level, row.result, row.code] for row in Verification.objects.order_by("id")]
    return {
        "set": run.set_name,
        "state": run.state,
        "verified": said,
        "signer": signing.public_key().hex(),
    }


def drill(chosen: str = "") -> dict[str, Any]:
    """A drill to its end: state, code and report."""
    from tutela.backup.actions import drills
    from tutela.base.actor import SYSTEM

    done = drills.drill_now(SYSTEM, chosen)
    return {"state": done.state, "code": done.code, "report": done.report}


def carry() -> dict[str, Any]:
    from tutela.backup.actions import journals
    from tutela.base.actor import SYSTEM

    return {"files": journals.carry(SYSTEM)}


def destroy() -> dict[str, Any]:
    """Two people destroy the youngest customer that is held."""
    from tests.vault import factories
    from tutela.access import queries as people
    from tutela.vault.actions import destructions
    from tutela.vault.queries import fetch

    ((customer, branch),) = fetch(
        "SELECT customer_id, branch_id FROM vault.customer WHERE state = 1 ORDER BY customer_id DESC LIMIT 1",
        (),
    )
    factories._numbers = itertools.count(len(fetch("SELECT 1 FROM access_staff", ())) + 1_000)
    code = next(code for code, number in people.branch_codes().items() if number == branch)
    first, second = (factories.make_staff("branch_manager", code) for _ in range(2))
    order = destructions.propose_destruction(first, customer, "asked")
    destructions.approve_destruction(second, order.id)
    return {"customer": str(customer)}


def count() -> dict[str, Any]:
    """Rows of every table, grants by role, and what is destroyed."""
    from tutela.backup import snapshot
    from tutela.vault.queries import fetch

    with snapshot.open_snapshot() as opened:
        rows = {
            f"{one.schema}.{one.name}": one.rows
            for one in snapshot.figures(opened.link, snapshot.tables(opened.link), bytes(32))
        }
        grants = {
            role: snapshot.grants_hash(lines)
            for role, lines in snapshot.grants(opened.link).items()
        }
    gone = fetch("SELECT customer_id::text FROM vault.customer WHERE state = 2 ORDER BY 1", ())
    return {"rows": rows, "grants": grants, "destroyed": [row[0] for row in gone]}


VERBS: dict[str, Callable[..., dict[str, Any]]] = {
    "seal": seal, "ground": ground, "back_up": back_up, "drill": drill, "carry": carry, "destroy": destroy,
    "count": count,
}  # fmt: skip


def main(verb: str, *words: str) -> None:
    from tutela.cli.running import session

    session.settings()
    with session.database():
        done = VERBS[verb](*words)
    sys.stdout.write(json.dumps(done) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutela.settings")
    main(*sys.argv[1:])
