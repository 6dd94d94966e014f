"""Errors of the keys room. Each sentence says what to do; none contains key material."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Invalid, NotFound, Unavailable


class RootMissing(Unavailable):
    """The database has keys but there is no root key file; a new one must not be created."""

    code = "keys.root_missing"
    sentence = _("The root key file is missing: restore root.key to the data directory.")


class RootForeign(Unavailable):
    """The root key file belongs to another installation."""

    code = "keys.root_foreign"
    sentence = _("The root key file belongs to another installation: restore the right root.key.")


class RootDamaged(Unavailable):
    """The root key file cannot be parsed, or its key does not match its commitment."""

    code = "keys.root_damaged"
    sentence = _("The root key file is damaged: restore an intact copy of root.key.")


class RootLocked(Unavailable):
    """The file is locked and no passphrase was given."""

    code = "keys.locked"
    sentence = _(
        "The root key file is locked: provide its passphrase with TUTELA_KEY_PASSPHRASE_FILE."
    )


class PassphraseWrong(Unavailable):
    """The passphrase does not open the file."""

    code = "keys.passphrase_wrong"
    sentence = _("The passphrase does not open the root key file.")


class PassphraseWeak(Invalid):
    """A new passphrase is too short or too uniform."""

    code = "keys.passphrase_weak"
    sentence = _("The passphrase must have at least %(least)s characters and must not be trivial.")


class NotPrepared(Unavailable):
    """The first run has not created the keys yet."""

    code = "keys.not_prepared"
    sentence = _("The keys of this installation have not been created yet: start Tutela once.")


class KeyDamaged(Unavailable):
    """A wrapped key does not open, or does not match its commitment: one error for all causes."""

    code = "keys.key_damaged"
    sentence = _("A key of this installation cannot be opened (%(key)s). Nothing was shown.")


class KeyUnknown(NotFound):
    """No such customer root."""

    code = "keys.key_unknown"
    sentence = _("This customer has no key.")


class KeyDestroyed(NotFound):
    """The customer's root was destroyed, and with it the values."""

    code = "keys.key_destroyed"
    sentence = _("The key of this customer was destroyed; the values cannot be recovered.")


class NoteTooLong(Invalid):
    """A note exceeds the limit."""

    code = "keys.note_too_long"
    sentence = _("The note has more than %(most)s characters.")


class SpoolMissing(NotFound):
    """An upload was used, abandoned or swept, or belongs to another account."""

    code = "keys.spool_missing"
    sentence = _("The upload no longer exists. Upload the file again.")


class SpoolBroken(Invalid):
    """A sealed upload was truncated or changed."""

    code = "keys.spool_broken"
    sentence = _("The encrypted upload cannot be opened. Upload the file again.")


class SpoolFull(Unavailable):
    """The disk is full or not writable."""

    code = "keys.spool_full"
    sentence = _(
        "The upload could not be stored: the disk is full or Tutela has no write permission."
    )


class LogKeyMissing(Unavailable):
    """The access log has signed with a key that is not on this machine; a new one must not be created."""

    code = "keys.log_key_missing"
    sentence = _(
        "The key that signs the access log is missing: restore %(file)s to the data directory."
    )


class LogKeyUnfit(Unavailable):
    """The installed library was built without a kind of signature that the settings name."""

    code = "keys.log_key_unfit"
    sentence = _(
        "The installed cryptography library cannot sign with ML-DSA-44; take it out of TUTELA_TRAIL_SIGNERS."
    )
