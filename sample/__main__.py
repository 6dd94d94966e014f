"""`python -m sample --out DIR`: write the sample insurer's files."""

import argparse
import gc
from datetime import date
from pathlib import Path

from sample.house import staff
from sample.plain import write_plain
from sample.write import TODAY, Order, write_all, write_house


def parser() -> argparse.ArgumentParser:
    """The options."""
    found = argparse.ArgumentParser(prog="python -m sample", description=__doc__)
    found.add_argument("--out", type=Path, required=True, help="folder, made if missing")
    found.add_argument("--customers", type=count, default=20_000)
    found.add_argument("--policies", type=count, default=35_000)
    found.add_argument("--claims", type=count, default=9_000)
    found.add_argument("--seed", type=int, default=7)
    found.add_argument("--today", type=date.fromisoformat, default=TODAY, help="YYYY-MM-DD")
    found.add_argument("--plain", action="store_true", help="customers.csv only, for benchmarks")
    found.add_argument("--staff", action="store_true", help="with --plain: branches and staff too")
    return found


def count(text: str) -> int:
    """A whole number from 0."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be below 0")
    return number


def main(words: list[str] | None = None) -> None:
    """Write what the words ask for."""
    told = parser().parse_args(words)
    told.out.mkdir(parents=True, exist_ok=True)
    if told.plain:
        write_plain(told.out / "customers.csv", told.customers, told.seed)
        if told.staff:
            write_house(told.out, staff(told.seed))
        return
    write_all(
        Order(
            out=told.out, customers=told.customers, policies=told.policies,
            claims=told.claims, seed=told.seed, today=told.today,
        )
    )  # fmt: skip


if __name__ == "__main__":
    gc.disable()  # Nothing is freed before the end; looking for it costs a quarter of the time.
    main()
