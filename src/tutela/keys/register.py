"""What the keys room declares at start."""

from tutela.base import health
from tutela.trail import event_specs
from tutela.trail.tree import signers

from . import checks, custody, events, log_key


def join() -> None:
    event_specs.declare(events)
    health.declare(checks.keys_root)
    signers.declare_installation(custody.installation)
    signers.declare("ed25519", log_key.Ed25519())
    signers.declare("ml-dsa-44", log_key.MlDsa44())
