"""What can go wrong with a target, one sentence each. `target` is its address without credentials."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotFound, TutelaError


class TargetFault(TutelaError):
    """Base of all faults of a target. `cause` is a code: the name of an errno, an HTTP status or a word."""

    code = "backup.target_fault"
    sentence = _("The target %(target)s failed (%(cause)s). No file there was changed.")
    http_status = 503


class TargetFull(TargetFault):
    code = "backup.target_full"
    sentence = _(
        "The target %(target)s has no room for %(name)s. Free space there; the upload goes on where it stopped."
    )


class TargetGone(TargetFault):
    code = "backup.target_gone"
    sentence = _(
        "The target %(target)s cannot be reached or broke off (%(cause)s). The upload goes on where it stopped."
    )


class OtherMedium(TargetFault):
    code = "backup.other_medium"
    sentence = _(
        "Another medium than the registered one lies at %(target)s, or none is mounted. Nothing was written."
    )


class HostKeyChanged(TargetFault):
    """`seen` is the fingerprint of the shown key, or "-" where the server knows none of the pinned kinds."""

    code = "backup.host_key_changed"
    sentence = _(
        "The server of %(target)s shows the host key %(seen)s, which is not the registered one. Nothing was "
        "sent. Ask its operator before you register a new key."
    )


class CertificateUnknown(TargetFault):
    code = "backup.certificate_unknown"
    sentence = _(
        "The certificate of %(target)s does not fit the registered one. Nothing was sent. Ask its operator "
        "before you register a new one."
    )


class SignInRefused(TargetFault):
    code = "backup.target_sign_in_refused"
    sentence = _("The target %(target)s refuses the registered credentials. Nothing was sent.")


class TargetRefused(TargetFault):
    code = "backup.target_refused"
    sentence = _(
        "The target %(target)s does not permit this (%(cause)s): check the rights there. No file was changed."
    )


class ObjectLocked(TargetFault):
    """`until` is a day, or "-" where the target does not tell."""

    code = "backup.object_locked"
    sentence = _("%(name)s at %(target)s is locked until %(until)s and cannot be deleted.")


class LockMissing(TargetFault):
    code = "backup.lock_missing"
    sentence = _(
        "%(name)s at %(target)s has no lock although the target was registered with one. Check the lock of "
        "the bucket or server."
    )


class LockExpired(TargetFault):
    code = "backup.lock_expired"
    sentence = _(
        "The lock of %(name)s at %(target)s ended on %(until)s. Extend the lock days of the target; a new "
        "backup is locked again."
    )


class LockShort(TargetFault):
    code = "backup.lock_short"
    sentence = _(
        "The lock of %(name)s at %(target)s ends on %(until)s, before %(wanted)s as registered. Check the "
        "lock of the bucket."
    )


class NameTaken(Conflict, TargetFault):
    code = "backup.name_taken"
    sentence = _("%(name)s is at %(target)s already. A finished file is never written again.")


class PartBusy(Conflict, TargetFault):
    code = "backup.part_busy"
    sentence = _("%(name)s is being written to %(target)s by another process.")


class ObjectMissing(NotFound, TargetFault):
    code = "backup.object_missing"
    sentence = _("%(name)s is not at %(target)s.")


class LengthWrong(TargetFault):
    """`kept` and `wanted` are bytes."""

    code = "backup.length_wrong"
    sentence = _(
        "The target %(target)s has %(kept)s of %(wanted)s bytes of %(name)s. It was not given its final name."
    )


class SourceFault(TutelaError):
    """The data that should be written cannot be read, or has another length than was said."""

    code = "backup.source_fault"
    sentence = _("The data of %(name)s ended or broke off at byte %(at)s. It was not written.")


class FileNameWrong(Invalid):
    code = "backup.file_name_wrong"
    sentence = _("This is no name of a file of a backup.")


class AddressWrong(Invalid):
    """`form` is how an address of this kind is written."""

    code = "backup.url_wrong"
    sentence = _(
        "The address of a target is written as %(form)s, without a password, a query or a fragment."
    )


class SchemeUnknown(Invalid):
    code = "backup.scheme_unknown"
    sentence = _("There are targets of the kinds %(kinds)s.")


class AddressPlain(Invalid):
    code = "backup.address_plain"
    sentence = _("Plain HTTP would show the credentials on the way. Use an https address.")


class FolderInside(Invalid):
    code = "backup.folder_inside"
    sentence = _("A folder within the data directory is lost with it. Choose one on another disk.")


class UrlExists(Conflict):
    code = "backup.url_exists"
    sentence = _("There is a target with this address already.")


class MediaUnknown(Invalid):
    code = "backup.media_unknown"
    sentence = _("The media of a target is disk, server, object or removable.")


class IdentityWrong(Invalid):
    code = "backup.identity_wrong"
    sentence = _(
        "The identity of this target is %(form)s. Get it from its operator by another way than this address."
    )


class CredentialAsked(Invalid):
    code = "backup.credential_asked"
    sentence = _("For another server, account or pinned key the credential is typed again.")


class CredentialWrong(Invalid):
    code = "backup.credential_wrong"
    sentence = _("The credentials of this target are %(form)s.")
