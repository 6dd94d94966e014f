"""`python -m sample.year FILES`: play the year into a new installation; FILES holds branches.csv and staff.csv."""

import sys
from contextlib import ExitStack
from pathlib import Path

from tutela.cli.running import layout, session


def main(files: Path) -> int:
    """Prepare the installation if it is new, and play the year unless it has been played."""
    session.settings()
    from django.conf import settings

    from sample.year import story
    from tutela.cli.running.cluster import Cluster

    with ExitStack() as stack:
        if layout.embedded():
            stack.enter_context(Cluster(settings.TUTELA_HOME).used())
        stack.callback(session.close)
        story.tell(files)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
