"""Verbs that change what the vault holds, one file a noun."""
