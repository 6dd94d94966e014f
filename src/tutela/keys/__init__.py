"""Custody of keys: the key hierarchy of the installation, and opening a customer's keys against a receipt.

Answers: stored sensitive values are encrypted under keys that are kept apart (measure M3).

Tables: keys.installation, keys.kek, keys.customer_root, keys.side_root. Verbs: first run, lock, change
passphrase. Words: provider (holds the root key), root key, KEK (wraps customer roots), customer root (one
random key per customer and generation: the shredding unit), side root (index, note and secret roots of
the installation), commitment (identifies the right key), spool (an encrypted upload, deleted at the end of
its request unless it is kept).
"""
