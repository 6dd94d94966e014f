"""What personal data is: classes and levels, recognisers, columns, checks, masks.

Answers the requirement that every imported column is recognised and classified and every
value normalised, checked and masked. Owns the words class, level, recogniser, verdict,
problem and mask. Pure: no Django, no clock, no files; today's date comes in as an argument.

Pages: none. Verbs: classify (columns), clean and check (checks), mask (masks).
Files: classes, recognisers (one kind of value a file), lexicon (column headers), columns,
cleaning and checks (value text), masks, digits and dates (arithmetic), normal (characters),
tables (our own lists).
"""
