"""Sealed backups, proven by reading them back, and the way back.

Answers measure M5: customer data is backed up every week and kept offsite (`backup-weekly`), and a restore is
tried every quarter (`restore-test`). Tables: Target, Recipient, Policy, Change, Run, Part, Copy, Verification,
Drill, DrillStage. Verbs: propose_change, approve_change, reject_change, run_now, cancel_run, carry_out,
hold_copy, release_copy, apply_retention. Words: a run makes one set: a folder with a signed manifest and
sealed parts. A copy is a set on one target; a target is a place where copies lie. A recipient is a public key
that opens sets; the private half is not on this machine. A full set is everything but the schema `keys`; a
keys set of the same snapshot is what opens it, kept shorter. `docs/backup-format.md` says how a set is opened
by hand."""
