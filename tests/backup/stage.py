"""Keys, targets and customers for backups, made by the real verbs where this room has them."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from sample.digits import id_check
from tests import needs, source_feeds
from tests.access import cast
from tests.access.cast import Member
from tutela.access import queries as access
from tutela.backup.actions import changes, recipients, runs
from tutela.backup.models import Recipient, Run, Target
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.crypto import age
from tutela.vault.actions.records import NewRecord, create_record

CANARY = "欧阳金丝雀"
PHONE = "13800138017"


@dataclass
class Ground:
    """Two people who may change backups, and the private halves of the keys by role."""

    operator: Member
    second: Member
    auditor: Member
    clerk: Member
    identities: dict[str, str]

    def add_recipient(self, name: str, role: str, opens: str = "all") -> Recipient:
        identity, public = age.new_identity()
        self.identities[name] = identity
        change = recipients.propose_recipient(
            self.operator.actor, name=name, role=role, key=public, opens=opens
        )
        changes.approve_change(self.second.actor, change.id)
        return Recipient.objects.get(name=name)

    def add_target(self, name: str, folder: Path, *, offsite: bool = False) -> Target:
        folder.mkdir(parents=True, exist_ok=True)
        return Target.objects.create(
            name=name, url=folder.as_uri(), media="disk", offsite=offsite,
            created_at=clock.now(), created_by_id=self.operator.actor.id,
        )  # fmt: skip

    def back_up(self) -> Run:
        return runs.carry_out(SYSTEM, runs.run_now(self.operator.actor))


def lay(folder: Path) -> Ground:
    """People, two keys, one target in `folder`/offsite, two customers."""
    cast.plant_branches()
    ground = Ground(
        operator=cast.hire("system_admin", "HQ"),
        second=cast.hire("security_admin", "HQ"),
        auditor=cast.hire("auditor", "HQ"),
        clerk=cast.hire("service_agent", "EAST"),
        identities={},
    )
    _plant_customer()
    ground.add_recipient("operations-1", "operations")
    ground.add_recipient("escrow-1", "escrow")
    ground.add_target("offsite", folder / "offsite", offsite=True)
    return ground


def _plant_customer() -> None:
    """A customer whose values are looked for where they must not be."""
    machine = cast.hire("machine")
    source_feeds.register(machine.actor)
    body = "11010119900307123"
    values = {
        "name": CANARY, "id_number": body + id_check(body), "phone": PHONE, "customer_number": "C00001",
    }  # fmt: skip
    branch = access.branch("EAST").id
    create_record(machine.actor, NewRecord("customer", values, branch_id=branch), "service")


def need(*programs: str) -> None:
    """Skip where Debian's programs are not installed; in CI that is a failure."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("TUTELA_CI"):
        pytest.fail(f"not installed: {missing}")
    if missing:
        needs.missing(f"not installed: {missing}; on Debian: apt-get install age zstd")


def unpack(folder: Path, identity: str, into: Path) -> None:
    """Open a set by hand: Debian's age, zstd and tar, as its manifest prints."""
    need("age", "zstd", "tar")
    into.mkdir()
    key = into.parent / f"{into.name}.key"
    key.write_text(identity + "\n")
    line = (
        f"set -o pipefail; cat {folder}/data.tar.zst.age.[0-9]* | age --decrypt --identity {key}"
        f" | zstd --decompress | tar --extract --directory {into}"
    )
    subprocess.run(["bash", "-c", line], check=True)
