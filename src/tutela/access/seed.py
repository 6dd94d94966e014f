"""What every installation starts with: departments, posts, the matrix, the host's machine account.

Safe to repeat: what is there stays as the company has made it. Only posts' names follow the code.
"""

from tutela.base.actor import SYSTEM

from . import actions, actions_seed, queries
from .actions_matrix import complete_matrix
from .models import Staff


def seed() -> None:
    """Everything that is missing; called at each start."""
    actions_seed.departments()
    actions_seed.posts()
    actions_seed.head_office()
    complete_matrix()
    if not Staff.objects.filter(login=queries.LOCAL_OPERATOR).exists():
        _local_operator()


def _local_operator() -> None:
    """The account as which the shell on the host acts: imports, masks, never clear values."""
    actions.create_staff(
        actor=SYSTEM,
        staff_no="machine-local-operator",
        login=queries.LOCAL_OPERATOR,
        name="Local operator 本机操作员",
        post="machine",
        department="it",
        kind=Staff.Kind.MACHINE,
    )


def first_administrator(login: str = "admin", name: str = "管理员 Administrator") -> str | None:
    """On a first run: make the security administrator, who makes everybody else, and return the token
    of the link that sets the password. None when somebody can sign in already."""
    people = Staff.objects.filter(kind=Staff.Kind.STAFF)
    if any(person.has_usable_password() for person in people.iterator()):
        return None
    admin = people.filter(login=login).first() or actions.create_staff(
        actor=SYSTEM,
        staff_no=f"first-{login}",
        login=login,
        name=name,
        post="security_admin",
        department="information_security",
    )
    return actions.create_password_link(actor=SYSTEM, staff=admin)
