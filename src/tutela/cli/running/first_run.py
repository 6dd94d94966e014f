"""What a new installation needs before it can work, each step safe to repeat."""

from django.core.management import call_command


def migrate() -> None:
    """Bring the tables up to date, as the owner of the tables."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def seed() -> None:
    """Keys, posts, the matrix and the machine account of this host, if they are missing."""
    from tutela.access import seed as rights
    from tutela.keys import actions as keys

    rights.seed()
    keys.first_run()
