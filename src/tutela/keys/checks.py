"""The room's check for `tutela doctor`: the root key."""

from django.conf import settings
from django.utils.translation import gettext as _

from tutela.base.health import Check, State

from . import custody


def keys_root() -> Check:
    custody.check_ready()
    if not custody.describe().locked:
        state: State = "warning" if settings.TUTELA_DEMO else "bad"
        return Check(
            "keys.root", state, _("The root key file is not locked with a passphrase."),
            _("Run tutela lock-keys, then set TUTELA_KEY_PASSPHRASE_FILE."),
        )  # fmt: skip
    return Check(
        "keys.root", "good", _("The root key file is locked with a passphrase and can be opened.")
    )
