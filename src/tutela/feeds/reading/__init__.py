"""From the bytes of a log to the looks that it tells of: one file for each format. Nothing here asks a
database."""
