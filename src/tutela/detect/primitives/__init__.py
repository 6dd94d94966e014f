"""Shared code of the recognisers: check digits, dates, characters, canonical forms, free text, headers."""
