"""From an opened set to a database that may be trusted: made apart, checked, and only then put in its place."""
