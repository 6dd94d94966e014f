"""Runs Tutela on one machine. Imported only by the settings and the shell."""
