"""The door for the shell: `tutela up|web|worker|doctor|status|import|customers|reveal|trail|catalogue|…`.

Tables: none. `running/` holds what keeps Tutela running on a machine: the data directory, the
embedded PostgreSQL, certificates, the supervisor, the first run, the doctor. Every command has
`--json`: results on standard output and nothing else there, progress on standard error; exit code 0
done, 1 refused or failed with one sentence and a code, 2 wrong use.
"""
