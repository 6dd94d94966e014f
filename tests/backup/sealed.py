"""Sets of the database as it is now, sealed and laid on a folder by the product's own pipeline, without runs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tutela.backup import manifest, pipeline, signing, snapshot, tools
from tutela.backup.models import Recipient
from tutela.backup.pipeline import Order, Told
from tutela.backup.reading import OpenedSet, open_set
from tutela.backup.rules import MANIFEST, SIGNATURE, Kind, set_name
from tutela.backup.targets import open_place
from tutela.base import clock
from tutela.crypto import age
from tutela.keys import custody
from tutela.keys.opening import stored_identity
from tutela.trail.tree import state


@dataclass
class Sealed:
    """A target folder with a full and a keys set, and who opens them."""

    folder: Path
    full: str
    keys: str
    identity: str
    signer: bytes
    at: datetime

    @property
    def url(self) -> str:
        return f"file://{self.folder}"

    def opened(self, name: str = "", identity: str = "") -> OpenedSet:
        place = open_place(self.url)
        return open_set(place, name or self.full, [identity or self.identity], signer=self.signer)


def seal(folder: Path, identity: str = "") -> Sealed:
    """Seal both sets of one snapshot into a folder."""
    identity = identity or age.new_identity()[0]
    keys = [age.recipient_of(identity), age.new_identity()[1]]
    people = [Recipient(name="operations", role="operations", key=keys[0]),
              Recipient(name="escrow", role="escrow", key=keys[1])]  # fmt: skip
    installation = (stored_identity() or b"").hex()
    names: dict[Kind, str] = {}
    head = state.newest()
    trail = None if head is None else {"tree": head.epoch, "origin": head.origin, "size": head.size,
                                       "root": head.root.hex()}  # fmt: skip
    with snapshot.open_snapshot() as opened:
        program, every = tools.tools(opened.major), snapshot.tables(opened.link)
        facts = manifest.database_facts(opened, program.version)
        for kind in (Kind.FULL, Kind.KEYS):
            names[kind] = set_name(installation, opened.at, kind)
            place = folder / names[kind]
            order = Order(
                kind=kind, set_name=names[kind], folder=place, work=folder / ".clear", recipients=keys,
                facts=facts, told=Told(stage=lambda _stage: None, moved=lambda _plain, _sealed: None),
            )  # fmt: skip
            made = pipeline.make_set(order, opened, program, every)
            text = manifest.build(
                manifest.Contents(
                    set_name=names[kind], kind=kind, run="", companion="", installation=installation,
                    product=settings.VERSION, snapshot_at=opened.at, sealed_at=clock.now(), database=facts,
                    tables=made.tables, members=made.members, plain_bytes=made.plain_bytes, parts=made.parts,
                    recipients=people,
                    keys={"root": custody.describe().key_id, "signer": signing.public_key().hex()}, trail=trail,
                )
            )  # fmt: skip
            (place / SIGNATURE).write_bytes(signing.sign(text))
            (place / MANIFEST).write_bytes(text)
        return Sealed(
            folder, names[Kind.FULL], names[Kind.KEYS], identity, signing.public_key(), opened.at
        )
