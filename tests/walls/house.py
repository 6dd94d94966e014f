"""What the walls share: the rooms, their order, and the source files with their syntax trees."""

import ast
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "src" / "tutela"
ORDER = (
    "crypto detect",
    "base",
    "trail web",
    "access",
    "keys notices",
    "proof",
    "vault programme",
    "documents committee assessment stores transport backup training incidents watch feeds compliance feedback",
    "scorecard",
    "console portal api cli",
)
LEVEL = {room: n for n, rooms in enumerate(ORDER) for room in rooms.split()}
DOORS = set(ORDER[-1].split())
OUTER = {"views", "urls", "forms", "api", "commands"}


@cache
def sources() -> dict[Path, ast.Module]:
    """Every source file of the package, parsed; migrations are left out."""
    found = (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in found}


def place(path: Path) -> str:
    """A file's name as a reader of a failure wants it."""
    return str(path.relative_to(REPOSITORY))


def room_of(path: Path) -> str:
    """The room a file stands in; empty for settings, urls and the like."""
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else ""


def imports(tree: ast.Module) -> list[str]:
    """Every module named by an import at any depth, dotted."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
