"""Translated sentences for usage errors; the library's are English only.

They name options, arguments and the reason, and of a value no more than the library does.
"""

import re
from typing import Any, Final

from tutela.base.env import N_
from tutela.cli.translations import gettext as _

# Messages of the library, and ours.
_SAYINGS: Final = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"No such command '(?P<name>.*)'\.", N_("Unknown command %(name)s.")),
        (r"Missing command\.", N_("No command given: --help lists the commands.")),
        (r"Got unexpected extra argument\(s\) \((?P<name>.*)\)", N_("Unexpected argument %(name)s.")),
        (r"Option '(?P<name>.*)' does not take a value\.", N_("%(name)s takes no value.")),
        (r"Option '(?P<name>.*)' requires an argument\.", N_("%(name)s needs a value.")),
        (r"\w+ (?P<name>'.*') does not exist\.", N_("there is no %(name)s")),
        (r"\w+ (?P<name>'.*') is a (file|directory)\.", N_("%(name)s is not a readable file")),
        (r"\w+ (?P<name>'.*') is not readable\.", N_("no permission to read %(name)s")),
        (r"Input should be a valid integer.*", N_("it must be a whole number")),
        (r"Input should be a valid number.*", N_("it must be a number")),
        (r"Input should be (greater|less) than or equal to (?P<name>\d+)", N_("limit: %(name)s")),
        (r".*does not match the formats? (?P<name>.*)\.", N_("expected format: %(name)s")),
    )
)  # fmt: skip


def sentence(error: Any) -> str:
    """The sentence of a usage error; `error` is Any, because the library does not export the types."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _no_option(error)
    if kind == "MissingParameter":
        return _("%(name)s is missing.") % {"name": _hint(error)}
    if kind == "BadParameter":
        facts = {"name": _hint(error), "why": _worded(error.message)}
        return _("%(name)s cannot be used: %(why)s") % facts if facts["name"] else facts["why"]
    return _worded(error.format_message())


def _no_option(error: Any) -> str:
    problem = _("Unknown option %(name)s.") % {"name": error.option_name}
    near = ", ".join(sorted(error.possibilities or ()))
    return problem + " " + _("Did you mean: %(names)s?") % {"names": near} if near else problem


def _hint(error: Any) -> str:
    """The option or argument as it is typed."""
    if error.param_hint is not None:
        return str(error.param_hint)
    return str(error.param.get_error_hint()) if error.param is not None else ""


def _worded(text: str) -> str:
    for pattern, known in _SAYINGS:
        match = pattern.fullmatch(text)
        if match:
            return _(known) % match.groupdict()
    return text
