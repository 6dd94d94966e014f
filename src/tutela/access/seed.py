"""What every installation starts with: departments, posts, the matrix, the host's machine account.

Safe to repeat: what is there stays as the company has made it. Only posts' names follow the code.
"""

from tutela.base.actor import SYSTEM

from . import queries
from .actions import seeds
from .actions.matrices import complete_matrix
from .actions.passwords import create_password_link
from .actions.people import NewStaff, create_staff
from .models import Staff


def seed() -> None:
    """Everything that is missing; called at each start."""
    seeds.add_departments()
    seeds.update_posts()
    seeds.add_head_office()
    complete_matrix()
    if not Staff.objects.filter(login=queries.LOCAL_OPERATOR).exists():
        _local_operator()


def _local_operator() -> None:
    """The account as which the shell on the host acts: imports, masks, never clear values."""
    create_staff(
        SYSTEM,
        NewStaff(
            staff_no="machine-local-operator",
            login=queries.LOCAL_OPERATOR,
            name="Local operator 本机操作员",
            post="machine",
            department="it",
            kind=Staff.Kind.MACHINE,
        ),
    )


def first_administrator(login: str = "admin", name: str = "管理员 Administrator") -> str | None:
    """On a first run: make the security administrator, who makes everybody else, and return the token
    of the link that sets the password. None when somebody can sign in already."""
    people = Staff.objects.filter(kind=Staff.Kind.STAFF)
    if any(person.has_usable_password() for person in people.iterator()):
        return None
    admin = people.filter(login=login).first() or create_staff(
        SYSTEM,
        NewStaff(
            staff_no=f"first-{login}",
            login=login,
            name=name,
            post="security_admin",
            department="information_security",
        ),
    )
    return create_password_link(SYSTEM, admin)
