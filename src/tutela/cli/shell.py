"""The command `tutela`: its groups, and the mapping from errors to exit codes."""

import json
import sys
from functools import cache
from typing import Any

import typer
from typer.exceptions import TyperException

from tutela.cli import house, identity, output, translations, wrong_use
from tutela.cli.running import cluster, errors
from tutela.cli.translations import gettext as _

app = typer.Typer(
    name="tutela",
    help="Tutela protects an insurer's customer information and provides the evidence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
house.add_to(app)


@cache
def _add_rooms() -> None:
    """Add the commands that need settings, which importing this module must not. Once in a process: commands
    that are added again make each look for a command slower."""
    from tutela.cli import (
        backup,
        customers,
        data,
        feeds,
        people,
        restore,
        restore_moment,
        scorecard,
        stewardship,
        temporary_access,
        trail,
        vault,
        watch,
    )

    for part in (
        data,
        stewardship,
        temporary_access,
        customers,
        trail,
        people,
        scorecard,
        vault,
        feeds,
        watch,
        backup,
        restore,
        restore_moment,
    ):
        part.add_to(app)


def main() -> None:
    """Run the command line. Exit code 0 for success, 1 for refusal or failure, 2 for wrong usage."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:  # noqa: PLR0911 one return per kind of outcome
    """Run one command; every failure prints one sentence with a code. Returns the exit code."""
    from tutela.base.env import BadSetting
    from tutela.base.errors import TutelaError

    _add_rooms()
    identity.begin(words)
    try:
        result: Any = _command(words)(words, standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return _refuse("cli.stopped", _("Stopped."), words)
    except TyperException as wrong:
        return _misused(wrong)
    except TutelaError as refused:
        return _refuse(refused.code, refused.text(), words)
    except (cluster.ClusterFailed, errors.StartRefused) as failed:
        return _refuse("cli.not_started", str(failed), words)
    except BadSetting as bad:
        facts = {"name": bad.name, "need": _(bad.need) % bad.facts}
        return _refuse("cli.setting", _("setting %(name)s %(need)s") % facts, words)
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return _refuse("cli.stopped", _("Stopped."), words)
    except Exception as broken:
        return _broken(broken, words)
    return result if isinstance(result, int) else 0


def _command(words: list[str]) -> Any:
    """The command tree, its help in the terminal's language."""
    tree = typer.main.get_command(app)
    chinese = translations.language() == translations.CHINESE
    if chinese:
        translations.translate(tree, translations.chinese)
    if len(words) < 2 or "--help" in words:
        translations.translate_frame(translations.chinese if chinese else str)
    return tree


def _misused(error: TyperException) -> int:
    """Print the usage error, unless a group without a command has shown its help."""
    if type(error).__name__ != "NoArgsIsHelpError":
        output.say(f"tutela: {wrong_use.sentence(error)} [cli.usage]")
    return 2


def _broken(error: Exception, words: list[str]) -> int:
    """Report an internal error by its type only, because its text may contain data."""
    from django.db import Error as DatabaseError

    if isinstance(error, DatabaseError):
        sentence = _("The database is unreachable or refused the operation.")
        return _refuse("cli.database", sentence, words)
    if isinstance(error, OSError):
        return _refuse("cli.file", f"{error.strerror}: {error.filename}", words)
    sentence = _("Internal error of type %(kind)s.") % {"kind": type(error).__name__}
    return _refuse("cli.broken", sentence, words)


def _refuse(code: str, sentence: str, words: list[str]) -> int:
    if "--json" in words:
        output.stderr.print(
            json.dumps({"error": {"code": code, "sentence": sentence}}, ensure_ascii=False),
            markup=False,
            soft_wrap=True,
        )
    else:
        output.stderr.print(f"tutela: {sentence} [{code}]", markup=False, soft_wrap=True)
    return 1
