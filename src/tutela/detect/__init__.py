"""What personal data is: classes and levels, recognisers, columns, checks, masks, typed text.

Answers the requirement that every imported column is recognised and classified and every
value normalised, checked and masked. Owns the words class, level, recogniser, verdict,
problem and mask. Pure: no Django, no clock, no files; today's date comes in as an argument.

Pages: none. Verbs: classify (columns), clean, check and mask (values), find (free_text).
A recogniser is one file of `recognisers/` that declares a `recogniser.Recogniser` and holds its
pattern, header words, check, clean form, mask, search and examples; the folder is collected by itself.
Engine: columns, values, free_text. Shared building blocks: `primitives/`; long lists: `tables/`.
"""
