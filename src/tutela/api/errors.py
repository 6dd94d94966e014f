"""What the machine door refuses by itself. Everything else comes from the rooms below."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound, TutelaError


class KeyMissing(NotAllowed):
    code = "api.key_missing"
    sentence = _("Send an API key in the header “Authorization: Bearer …”.")
    http_status: ClassVar[int] = 401


class MachineNeeded(NotAllowed):
    code = "api.machine_needed"
    sentence = _("This API is for machine accounts. People sign in at the console.")


class TooManyFailures(NotAllowed):
    """A valid key is still served: the limit bounds what strangers can write into the trail."""

    code = "api.too_many_failures"
    sentence = _("Too many invalid keys from this address. Wait %(seconds)s seconds.")
    http_status: ClassVar[int] = 429
    traced: ClassVar[bool] = False


class AddressUnknown(NotFound):
    code = "api.address_unknown"
    sentence = _("This address does not exist. See the description of the API.")


class MethodClosed(TutelaError):
    code = "api.method_closed"
    sentence = _("This address does not support this method.")
    http_status: ClassVar[int] = 405


class HostUnknown(Invalid):
    code = "api.host_unknown"
    sentence = _("The server does not serve this host name.")
    http_status: ClassVar[int] = 400


class BodyUnreadable(Invalid):
    code = "api.body_unreadable"
    sentence = _("The body is not JSON.")
    http_status: ClassVar[int] = 400


class BodyTooLarge(Invalid):
    code = "api.body_too_large"
    sentence = _("The body is larger than %(limit)s bytes.")
    http_status: ClassVar[int] = 413


class LengthMissing(Invalid):
    code = "api.length_missing"
    sentence = _("Send the length of the file in the header Content-Length.")
    http_status: ClassVar[int] = 411


class BodyCutOff(Invalid):
    code = "api.body_cut_off"
    sentence = _("The file ended after %(received)s of %(announced)s bytes. Nothing was imported.")
    http_status: ClassVar[int] = 400


class FieldsInvalid(Invalid):
    """The places are in `params.places`; what was given there is not repeated."""

    code = "api.fields_invalid"
    sentence = _("The request does not match the API description in %(count)s places.")


class IdempotencyKeyBad(Invalid):
    code = "api.idempotency_key_bad"
    sentence = _("An idempotency key has 8 to 128 letters, digits, hyphens or underscores.")


class IdempotencyKeyReused(Conflict):
    code = "api.idempotency_key_reused"
    sentence = _("This idempotency key was used for another request. Nothing was done.")


class Broken(TutelaError):
    code = "api.broken"
    sentence = _("An internal error occurred. It was logged; no details are shown here.")
    http_status: ClassVar[int] = 500
