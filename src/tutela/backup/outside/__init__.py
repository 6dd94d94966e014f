"""Backups that other programs make: what pgBackRest, Barman, restic and borg say in JSON, as evidence
from outside, and what each of them cannot say.

Nothing of it counts as a proven backup of Tutela: it is shown beside, with its blind spots."""
