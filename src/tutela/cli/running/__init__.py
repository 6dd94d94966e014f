"""Keeps Tutela running on one machine. Only settings and the shell import it."""
