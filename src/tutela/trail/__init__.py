"""The access log: who saw or changed what, when, and for which purpose. Tampering is detected.

Answers: every access is logged and traceable, kept at least one year (measure M2, `access-log-kept`).

Tables: trail.leaf and trail.named (when a subject was named), both partitioned by calendar month (UTC).
Verbs: append, check (receipts), search (queries), make partitions. Pages and commands belong to the doors.
Words: leaf (one event, exact bytes), subject (what it is about, as kind and id), exposure (how the value
was shown), receipt (proof of a durable leaf, valid for 30 seconds in this process), writer (one hash chain
of leaves), strained and closed (states in which the log is slow, or cannot be written).
"""
