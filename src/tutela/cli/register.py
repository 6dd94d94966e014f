"""What the shell declares while the product starts: the checks of the machine, the database and the worker."""

from tutela.base import health

from .running import doctor


def join() -> None:
    health.declare_machine(first=doctor.FIRST, last=doctor.LAST, slow=doctor.SLOW)
