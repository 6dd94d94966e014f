"""What every room uses: errors, the actor, the clock, ids, settings readers, migrations in SQL, registries, Word
files.

Tables: none. Words: actor, channel, code. The list of files here is fixed; a new one needs a decision note.
"""
