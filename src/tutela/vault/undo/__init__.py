"""An import is undone as a whole, by two people, within 30 days, where nothing was changed since.

Nothing is deleted: what the import made ends in a version without cells, what it changed gets a version
with the values from before, and a customer that is left without a record is withdrawn. Tables:
vault.import_undo, vault.import_move. Verbs: preview_undo, propose_undo, approve_undo, withdraw_undo,
carry_out. See docs/decisions/undo-an-import.md.
"""
