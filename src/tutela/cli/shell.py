"""The command `tutela`: its groups, and the one place that turns a refusal into an exit code."""

import json
import sys
from typing import Any

import typer
from typer.exceptions import TyperException

from tutela.cli import house, identity, output
from tutela.cli.running import cluster, supervisor

app = typer.Typer(
    name="tutela",
    help="Tutela protects an insurer's customer information and proves it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)
house.add_to(app)


def _add_rooms() -> None:
    """Commands of the rooms; they need settings, which `--help` of the house does not."""
    from tutela.cli import customers, data, people, records, scorecard

    for part in (data, customers, records, people, scorecard):
        part.add_to(app)


def main() -> None:
    """Run the command line. Exit code 0 done, 1 refused or failed, 2 wrong use."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:  # noqa: PLR0911 one line a kind of ending
    """Run one command; every failure ends in one sentence with a code."""
    from tutela.base.errors import TutelaError

    _add_rooms()
    identity.begin(words)
    try:
        result: Any = app(words, standalone_mode=False)
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return _refuse("cli.stopped", "Stopped.", words)
    except TyperException as wrong:
        output.say(f"tutela: {_wrong(wrong)} [cli.usage]")
        return 2
    except TutelaError as refused:
        return _refuse(refused.code, refused.text(), words)
    except (cluster.ClusterFailed, supervisor.StartRefused) as failed:
        return _refuse("cli.not_started", str(failed), words)
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return _refuse("cli.stopped", "Stopped.", words)
    except Exception as broken:
        return _broken(broken, words)
    return result if isinstance(result, int) else 0


def _wrong(error: Exception) -> str:
    """What the command line's library says about wrong use; it names options, never data."""
    return str(error.format_message() if hasattr(error, "format_message") else error)


def _broken(error: Exception, words: list[str]) -> int:
    """A fault of ours or of the machine: its kind is told, its text may hold data and is not."""
    from django.db import Error as DatabaseError

    if isinstance(error, DatabaseError):
        return _refuse("cli.database", "The database cannot be reached or refused the work.", words)
    if isinstance(error, OSError):
        return _refuse("cli.file", f"{error.strerror}: {error.filename}", words)
    return _refuse("cli.broken", f"An internal fault of kind {type(error).__name__}.", words)


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
