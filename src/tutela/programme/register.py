"""What the programme declares while the product starts."""

from tutela.notices import kinds
from tutela.notices import naming as notices

from . import naming, notice_kinds


def join() -> None:
    kinds.declare(notice_kinds.KINDS)
    # The scorecard names the targets: it knows them all.
    notices.of_code("duty", naming.duties)
    notices.of_page("governance-view-task", naming.tasks)
