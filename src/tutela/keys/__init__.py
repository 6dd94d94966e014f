"""Custody of keys: who holds what, and against which proof a customer's key is opened.

Answers: stored sensitive values are encrypted under keys that are kept apart (measure M3).

Tables: keys.installation, keys.kek, keys.customer_root, keys.side_root. Verbs: first run, lock, change
passphrase. Words: provider (what holds the root key), root key, KEK (wraps customer roots), customer
root (one random key for each customer and generation: the shredding unit), side root (index, note and
secret roots of the installation), commitment (tells a wrong key from a right one), spool (a sealed upload:
it goes with its request unless somebody comes back for it).
"""
