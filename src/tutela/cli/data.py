"""Commands that bring data in: import a file, see imports, open rejects."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from tutela.cli import identity, output
from tutela.cli.identity import As, Json
from tutela.cli.running import session


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command("import")(bring_in)
    app.command("imports")(imports)
