"""`make accuracy`: how right values and columns are read; each miss is printed.

    python -m benchmarks.accuracy [--count 20000] [--seed 20261129] [--kinds phone,email]

Ends with 1 if a kind misses its floor: at most 0.1 % of right values rejected or changed, at most 0.5 % of wrong
ones accepted, and none that a check digit could have told; of the labelled columns a precision of 0.99, a recall
of 0.95, and of each style of headers 0.93, both for their kinds and for the fields that whole tables are mapped
to. Tables in further styles are measured beside them, without a floor.
"""

import argparse
import sys

from benchmarks import house

from . import columns, values
from .columns import Result
from .judge import MOST_EXAMPLES, Count, judge

SEED = 20261129
PRECISION, RECALL, EACH_STYLE = 0.99, 0.95, 0.93


def main() -> int:
    """Print the table of values, then every kind of miss."""
    parser = argparse.ArgumentParser(prog="make accuracy", description="How right values are read.")
    parser.add_argument(
        "--count", type=int, default=20_000, help="right and wrong values of each kind"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--kinds", default="", help="only these, separated by commas")
    asked = parser.parse_args()
    only = set(filter(None, asked.kinds.split(",")))
    counts = []
    heads = f"{'kind':22}{'valid':>8}{'rejected':>9}{'changed':>8}{'%':>8}"
    print(heads + f"{'invalid':>9}{'accepted':>9}{'%':>8}  rule (source)")
    for kind in values.KINDS:
        if not only or kind.id in only:
            counts.append(judge(kind, asked.count, asked.seed))
            _print_line(counts[-1])
    for count in counts:
        _print_misses(count)
    bad = [count.kind.id for count in counts if not count.is_good]
    print(f"\n{len(counts)} kinds, {len(bad)} below the floor: {', '.join(bad) or 'none'}")
    if only:
        return 0 if not bad else 1
    are_good = _print_columns("kinds of columns", columns.KNOWN, columns.measure(asked.seed))
    return 0 if _print_mappings(asked.seed) and are_good and not bad else 1


def _print_mappings(seed: int) -> bool:
    """Print how whole tables are mapped; whether those with a floor meet it."""
    house.home()
    from . import mapping

    are_good = True
    for file in (columns.KNOWN, columns.UNSEEN, columns.HELD_BACK):
        mapped = mapping.measure(file, seed)
        is_good = _print_columns(f"fields of tables, {file}", file, mapped.styles)
        are_good = are_good and (is_good or file != columns.KNOWN)
        print(f"    collection guessed: {mapped.guessed} right, {len(mapped.wrong)} wrong")
        for miss in mapped.wrong:
            print(f"    {miss}")
    return are_good


def _print_columns(title: str, file: str, results: dict[str, Result]) -> bool:
    """Print precision and recall by style, and each miss; whether all floors are met."""
    whole = columns.total(results)
    known = list(columns.labelled(file))
    tables = len({column.table for column in known})
    print(f"\n{title}: {len(known)} columns of {tables} tables")
    print(f"{'':36}{'precision':>10}{'recall':>8}")
    for name, result in [*results.items(), ("all styles", whole)]:
        print(f"{name:36}{result.precision:>10.3f}{result.recall:>8.3f}")
    for result in results.values():
        for miss in result.misses:
            print(f"    {miss}")
    styles = all(result.recall >= EACH_STYLE for result in results.values())
    return whole.precision >= PRECISION and whole.recall >= RECALL and styles


def _print_line(count: Count) -> None:
    kind = count.kind
    digit = ", check digit" if kind.checked else ""
    valid = f"{kind.id:22}{count.valid:>8}{len(count.rejected):>9}{len(count.lost):>8}"
    invalid = f"{100 * count.false_rejects:>8.3f}{count.invalid:>9}{len(count.accepted):>9}"
    share = f"{100 * count.false_accepts:>8.3f}"
    print(f"{valid}{invalid}{share}  {kind.rule} ({kind.source}{digit})", flush=True)


def _print_misses(count: Count) -> None:
    for name in ("rejected", "lost", "accepted"):
        misses = getattr(count, name)
        if misses:
            print(f"\n{count.kind.id}: {len(misses)} {name}")
            for text, what in misses[:MOST_EXAMPLES]:
                print(f"    {text!r}: {what}")


if __name__ == "__main__":
    sys.exit(main())
