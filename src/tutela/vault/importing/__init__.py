"""Files of customers come in here: read, mapped, cleaned, sealed, and committed exactly once.

Answers the requirement that customer data is encrypted from the moment of collection. Tables:
vault.import_batch, vault.import_chunk, vault.mapping. Verbs: inspect, save_mapping, run_import,
rejects_of, summary_of, open_rejects. Words: source (a file and where it stands), chunk (the rows of one
transaction), mapping (which column is which field), reject, spool (a sealed upload, of the room keys).
"""
