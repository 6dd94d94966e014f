"""Translations of the shell without Django, because `tutela --help` must not load settings.

The English source texts are a command's docstring, the `help` of its options, and sentences in `_()`. The Chinese
is in `locale/zh_Hans/cli.yaml`.
"""

import gettext as library
import os
from collections.abc import Callable
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final

from tutela.base.env import N_

CATALOGUE: Final = Path(__file__).parents[1] / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
CHINESE, ENGLISH = "zh-hans", "en"

Tell = Callable[[str], str]


# Texts of the command-line library.
_HELP: Final = N_("Show this message and exit.")
_COMPLETION: Final = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
_USAGE: Final = N_("Usage: ")
_OPTIONS: Final = N_("[OPTIONS]")
_SUBCOMMAND: Final = N_("COMMAND [ARGS]...")
_FRAME: Final = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "COMMANDS_PANEL_TITLE": N_("Commands"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}


def language() -> str:
    """The terminal's language by LC_ALL, LC_MESSAGES, LANG; Chinese by default."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "zh")
    return CHINESE if locale.lower().startswith("zh") else ENGLISH


def gettext(source: str) -> str:
    """A text of the shell in the terminal's language."""
    return chinese(source) if language() == CHINESE else source


def chinese(source: str) -> str:
    """The Chinese translation of a text; the text itself if the catalogue is not built."""
    return _catalogue().gettext(source) if source else source


@cache
def _catalogue() -> library.NullTranslations:
    try:
        with CATALOGUE.open("rb") as file:
            return library.GNUTranslations(file)
    except FileNotFoundError:
        return library.NullTranslations()


def source_of(text: str) -> str:
    """A docstring as its msgid: each paragraph on one line."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def translate(command: Any, tell: Tell) -> None:
    """Translate the help of a command, its options and its subcommands in place.

    `command` is Any, because the library does not export its type.
    """
    command.help = tell(source_of(command.help or ""))
    command.options_metavar = tell(_OPTIONS)
    for parameter in command.params:
        parameter.help = tell(source_of(parameter.help or ""))
    _translate_library(command, tell)
    for below in getattr(command, "commands", {}).values():
        translate(below, tell)


def _translate_library(command: Any, tell: Tell) -> None:
    """Translate the option `--help` and the usage line, which the library creates on demand."""
    usage, option = command.get_usage, command.get_help_option

    def own_option(context: Any) -> Any:
        help_option = option(context)
        if help_option is not None:
            help_option.help = tell(_HELP)
        return help_option

    command.get_help_option = own_option
    command.get_usage = lambda context: usage(context).replace(_USAGE, tell(_USAGE), 1)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = tell(_SUBCOMMAND)


def translate_frame(tell: Tell) -> None:
    """Translate the headings of a help text. Imports rich, so call it only if help is shown."""
    from typer import rich_utils

    for name, source in _FRAME.items():
        setattr(rich_utils, name, tell(source))
    if not hasattr(rich_utils, "tutela_folds"):
        _fold(rich_utils)


def _fold(drawing: Any) -> None:
    """Wrap long texts without spaces, such as Chinese sentences, which the library truncates
    (tests/walls/test_shell_help.py)."""
    make = drawing._make_rich_text  # noqa: SLF001 the library has no public way

    def folding(**facts: Any) -> Any:
        text = make(**facts)
        text.overflow = "fold"
        return text

    drawing._make_rich_text = folding  # noqa: SLF001 as above
    drawing.tutela_folds = True
