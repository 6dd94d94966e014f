"""Every refusal of this room, each with a code that never changes and the way to mend it."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class FeedUnknown(NotFound):
    code = "feeds.feed_unknown"
    sentence = _("This feed, key or account does not exist.")


class FeedExists(Conflict):
    code = "feeds.feed_exists"
    sentence = _("A feed with the name %(feed)s already exists. Choose another name.")


class FeedClosed(Conflict):
    code = "feeds.feed_closed"
    sentence = _("The feed %(feed)s is closed. Reopen it first.")


class FeedOpen(Conflict):
    code = "feeds.feed_open"
    sentence = _("The feed %(feed)s is open already.")


class NameWrong(Invalid):
    code = "feeds.name_wrong"
    sentence = _(
        "A feed's name is 2 to 40 lower-case letters, digits and hyphens, with at most four digits in a row."
    )


class SystemWrong(Invalid):
    code = "feeds.system_wrong"
    sentence = _(
        "The name of a system is 2 to 64 letters, digits, spaces, dots, hyphens or brackets."
    )


class ReaderUnknown(Invalid):
    code = "feeds.reader_unknown"
    sentence = _("There is no log format of this name.")


class MappingWrong(Invalid):
    """`part` is a key of the mapping."""

    code = "feeds.mapping_wrong"
    sentence = _("The mapping is not complete or not valid: check %(part)s.")


class ZoneUnknown(Invalid):
    code = "feeds.zone_unknown"
    sentence = _("There is no time zone of this name. Use a name such as Asia/Shanghai.")


class SilenceWrong(Invalid):
    code = "feeds.silence_wrong"
    sentence = _("A feed counts as silent after %(least)s to %(most)s minutes without a record.")


class KeyKindUnknown(Invalid):
    code = "feeds.key_kind_unknown"
    sentence = _("A key is of the kind ed25519 or hmac.")


class TooManyKeys(Conflict):
    code = "feeds.too_many_keys"
    sentence = _("The feed has %(most)s valid keys. Revoke one first.")


class KeyRevoked(Conflict):
    code = "feeds.key_revoked"
    sentence = _("This key is revoked already.")


class SignatureRefused(NotAllowed):
    """Unknown feed, another feed's key, a revoked key and a wrong signature are answered alike."""

    code = "feeds.signature_refused"
    sentence = _(
        "The signature does not fit this feed and body. Check the feed's name, its key, the clock and the "
        "signed parts."
    )


class SignatureMissing(Invalid):
    code = "feeds.signature_missing"
    sentence = _(
        "The request needs the headers Content-Digest, Signature-Input and Signature (RFC 9421) with the "
        "feed's key."
    )


class AccountMatched(Conflict):
    code = "feeds.account_matched"
    sentence = _("This account is matched already. Remove the match first.")


class AccountUnmatched(Conflict):
    code = "feeds.account_unmatched"
    sentence = _("This account is matched to nobody.")


class OwnAccount(Conflict):
    code = "feeds.own_account"
    sentence = _("This account is matched to you. Somebody else must remove the match.")


class BodyEmpty(Invalid):
    code = "feeds.body_empty"
    sentence = _("There is no record in it.")


class BodyTooLarge(Invalid):
    code = "feeds.body_too_large"
    sentence = _(
        "A delivery by this way has at most %(bytes)s bytes and %(lines)s records. Send it in parts."
    )


class LineWrong(Invalid):
    """A line that cannot be read; nothing of its delivery is kept. `line` counts from 1."""

    code = "feeds.line_wrong"
    sentence = _("Line %(line)s cannot be read as %(reader)s. Nothing was taken in.")


class LineCut(LineWrong):
    code = "feeds.line_cut"
    sentence = _(
        "Line %(line)s is cut off. Send the file again once it is whole; nothing was taken in."
    )


class LineTooLong(LineWrong):
    code = "feeds.line_too_long"
    sentence = _("Line %(line)s has more than %(most)s bytes. Nothing was taken in.")


class EncodingWrong(LineWrong):
    code = "feeds.encoding_wrong"
    sentence = _(
        "Line %(line)s is not written in %(encoding)s. Correct the feed's encoding; nothing was taken in."
    )


class ColumnMissing(LineWrong):
    """`column` is what it stands for, never its name in the file."""

    code = "feeds.column_missing"
    sentence = _(
        "Line %(line)s has no value for %(column)s, which the mapping says is there. Nothing was taken in."
    )


class TimeWrong(LineWrong):
    code = "feeds.time_wrong"
    sentence = _(
        "The time on line %(line)s cannot be read. Check the time format and zone; nothing was taken in."
    )


class TimeAhead(LineWrong):
    code = "feeds.time_ahead"
    sentence = _(
        "The time on line %(line)s lies more than %(minutes)s minutes ahead. Check the other system's clock "
        "and the "
        "feed's time zone; nothing was taken in."
    )


class TimeOld(LineWrong):
    code = "feeds.time_old"
    sentence = _("The time on line %(line)s is more than %(days)s days ago. Nothing was taken in.")


class NumberWrong(LineWrong):
    code = "feeds.number_wrong"
    sentence = _("The number on line %(line)s is not a whole number. Nothing was taken in.")


class FieldUnknown(LineWrong):
    code = "feeds.field_unknown"
    sentence = _(
        "Line %(line)s names a field that the catalogue does not have. Nothing was taken in."
    )
