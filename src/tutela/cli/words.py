"""The shell's two languages, without Django: `tutela --help` is read before any setting is.

English is the source: a command's docstring, the `help` of its options, and sentences in `_()`. The
Chinese stands in the catalogue of all other texts (`locale/zh_Hans/cli.yaml`).
"""

import gettext as library
import os
from collections.abc import Callable
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final

CATALOGUE: Final = Path(__file__).parents[1] / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
CHINESE, ENGLISH = "zh-hans", "en"

Tell = Callable[[str], str]


def N_(source: str) -> str:  # noqa: N802 the usual name of the mark for strings told later
    return source


# What the command line's library says of its own.
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
    """What the terminal speaks by LC_ALL, LC_MESSAGES, LANG; Chinese when none of them says."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    told = next((os.environ[name] for name in names if os.environ.get(name)), "zh")
    return CHINESE if told.lower().startswith("zh") else ENGLISH


def gettext(source: str) -> str:
    """A sentence of the shell in the language of the terminal."""
    return chinese(source) if language() == CHINESE else source


def chinese(source: str) -> str:
    """The Chinese of a source text; the source where the catalogue is not built."""
    return _catalogue().gettext(source) if source else source


@cache
def _catalogue() -> library.NullTranslations:
    try:
        with CATALOGUE.open("rb") as file:
            return library.GNUTranslations(file)
    except FileNotFoundError:
        return library.NullTranslations()


def source_of(text: str) -> str:
    """A docstring as it stands in the catalogue: each paragraph on one line."""
    paragraphs = cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def translate(command: Any, tell: Tell) -> None:
    """Put the help of a command, of its options and of all commands below it into another language.

    `command` is Any: the library keeps the types of its commands to itself.
    """
    command.help = tell(source_of(command.help or ""))
    command.options_metavar = tell(_OPTIONS)
    for parameter in command.params:
        parameter.help = tell(source_of(parameter.help or ""))
    _translate_library(command, tell)
    for below in getattr(command, "commands", {}).values():
        translate(below, tell)


def _translate_library(command: Any, tell: Tell) -> None:
    """The option `--help` and the line of usage, which the library makes when they are asked for."""
    usage, option = command.get_usage, command.get_help_option

    def own_option(context: Any) -> Any:
        made = option(context)
        if made is not None:
            made.help = tell(_HELP)
        return made

    command.get_help_option = own_option
    command.get_usage = lambda context: usage(context).replace(_USAGE, tell(_USAGE), 1)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = tell(_SUBCOMMAND)


def translate_frame(tell: Tell) -> None:
    """The headings around a help text. Costs the import of what draws it, so only where help is shown."""
    from typer import rich_utils

    for name, source in _FRAME.items():
        setattr(rich_utils, name, tell(source))
    if not hasattr(rich_utils, "tutela_folds"):
        _fold(rich_utils)


def _fold(drawing: Any) -> None:
    """Long runs of characters go on in the next line: the library cuts off what has no spaces to break at,
    which is every Chinese sentence. A wall looks whether all of the text is shown."""
    make = drawing._make_rich_text  # noqa: SLF001 the library offers no other way

    def folding(**facts: Any) -> Any:
        made = make(**facts)
        made.overflow = "fold"
        return made

    drawing._make_rich_text = folding  # noqa: SLF001 as above
    drawing.tutela_folds = True
