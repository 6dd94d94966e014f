"""The verbs of backups, one file a noun."""
