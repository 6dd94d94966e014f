"""Backups of the whole server as files: base backups, incrementals, and the log that brings a moment back.

A physical set lies on targets as every other set does: a folder with signed manifest and sealed parts, opened by
`cat parts | age -d -i KEY | zstd -d | tar x`. What comes out is what PostgreSQL's own `pg_basebackup` wrote, so
`pg_combinebackup` and a start of the server are all that is needed after it.

`listing` PostgreSQL's own list of the files of a backup; `scan` a tar on its way, checked against that list;
`positions` the log's positions and file names; `chains` which sets belong together (pure); `taking` base backups
and incrementals; `log` keeping the log; `recovery` back to a moment; `pgbackrest` the same by that tool.
"""
