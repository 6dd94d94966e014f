"""Evidence packs for machines: which were handed over, and one of them again, exactly as it was."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.http import FileResponse

from tutela.scorecard import permissions as scorecard_permissions
from tutela.scorecard import written
from tutela.scorecard.actions import packs

from . import pack_answers
from .call import Call
from .frame import file_verb, verb

PACKS_SHOWN = 50


@verb("GET", "/scorecard/packs", scorecard_permissions.PACK_WRITE, pack_answers.PacksOut)
def list_packs(request: Call) -> pack_answers.PacksOut:  # noqa: ARG001 the frame passes it
    """The newest evidence packs and who fetched them again; `id` is null for one that was not kept."""
    return {"packs": [_pack(one) for one in written.packs(PACKS_SHOWN)]}


@file_verb("/scorecard/packs/{uuid:pack_id}", scorecard_permissions.PACK_WRITE, "application/zip")
def fetch_pack(request: Call, pack_id: UUID) -> FileResponse:
    """A kept evidence pack once more, byte for byte; who fetches it stands in the trail."""
    with tempfile.TemporaryDirectory(prefix="tutela-pack-") as folder:
        path = Path(folder) / "pack.zip"
        found = packs.fetch_pack(request.actor, pack_id, path)
        opened = path.open("rb")
    return FileResponse(
        opened, as_attachment=True, filename=found.file_name, content_type="application/zip"
    )


def _pack(one: written.Written) -> pack_answers.PackOut:
    return {
        "id": one.kept,
        "made_at": one.at,
        "first_day": one.first,
        "last_day": one.last,
        "figures": one.figures,
        "sha256": one.file_hash,
        "fetched": [one.at for one in one.fetches],
    }
