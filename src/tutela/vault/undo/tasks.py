"""An approved undo, in the background."""

from uuid import UUID

from procrastinate.contrib.django import app

from tutela.base.actor import Actor, Channel

from .actions import carry_out

RETRIES = 3


@app.task(name="vault.undo_import", retry=RETRIES)
def undo_import(batch: str, actor_kind: str, actor_id: str) -> dict[str, int | str]:
    """Undo an import as who approved it. A try that was stopped goes on with what is left."""
    kind = "machine" if actor_kind == "machine" else "staff"
    actor = Actor(kind=kind, id=actor_id, channel=Channel.JOB)  # type: ignore[arg-type]  # one of two
    order = carry_out(actor, UUID(batch))
    return {"batch": batch, "records": order.records, "kept": order.kept}
