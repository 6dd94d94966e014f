"""The command line: `tutela up|web|worker|doctor|status|import|customers|reveal|trail|catalogue|…`.

Tables: none. `running/` runs Tutela on a machine: the data directory, the embedded PostgreSQL, certificates,
the supervisor, the first run, the doctor. Every command has `--json`: standard output has only results,
progress goes to standard error. Exit code 0 is success, 1 refusal or failure with one sentence and a code, 2
wrong usage. The parameters of a command function are its options, so there may be more than five, and its
docstring is its help text.
"""
