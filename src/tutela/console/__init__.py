"""The door for staff: the frame of every page, sign-in, home, the page of one's own account, error pages.

Tables: none. Pages: `/` home, `/encryption/` the counts behind the encrypted share, `/trail/` the
access trail, `/me/`, `/language/`, the sign-in pages under `/account/`.
Words: frame, part (a template whose name begins with `_`), refusal (a sentence and a code for a
person, in place of what was asked for).

Every page says what it is for in Chinese and English, works with the keyboard, at 360 px, light and
dark, under a content security policy without inline scripts or styles.
"""
