"""`tutela`, the command; also `python -m tutela`."""

from tutela.cli.shell import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
