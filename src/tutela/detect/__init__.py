"""Recognition of personal data: classes and levels, recognisers, columns, checks, masks, free text.

Answers the requirement that every imported column is recognised and classified, and every value normalised,
checked and masked. Owns the words class, level, recogniser, verdict, problem and mask. Pure: no Django, no
clock, no files; today's date is an argument.

Pages: none. Verbs: classify (columns), clean, check and mask (values), find (free_text).
A recogniser is one file of `recognisers/` that declares a `recogniser.Recogniser` with pattern, header words,
check, canonical form, mask, search and examples; the folder is collected automatically.
`file_kinds` says what a file is by its bytes; it is the only place that knows file signatures.
Engine: columns, values, free_text. Shared code: `primitives/`; long lists: `tables/`.
"""
