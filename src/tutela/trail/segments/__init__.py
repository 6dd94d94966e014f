"""Months of the log that are over: sealed to files, searched, kept, held and purged (docs/decisions/segments.md).

Words: segment (one unbroken range of indices of one epoch, about a calendar month in UTC), seal (its leaf in
the log),
pointers (the file that says which leaves name a subject), place (a folder of write-once copies), hot (in the
database),
cold (in files alone), hold (nothing may be purged), purge (a whole segment goes, by two people).
"""
