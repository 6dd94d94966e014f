"""The log's tables as rooms above may join them in one statement of their own: the columns they may see.

Each is a subselect, which the server folds into the statement around it. A table may change without them.
"""

from typing import Final

VOUCHED: Final = "(SELECT id, at FROM trail.vouched)"
"""Leaves that the log itself wrote: `id`, `at`."""
SUBJECTS: Final = """(SELECT s.value->>0 AS kind, s.value->>1 AS id, l.id AS leaf_id, l.at, l.event
    FROM trail.leaf l, jsonb_path_query(trail.read(l.leaf), 'strict $.subjects[*]', '{}', true) AS s (value)
    UNION ALL SELECT s.kind, s.id, l.id, l.at, l.event
    FROM trail.lasting_subject s JOIN trail.lasting l ON l.at = s.at AND l.id = s.leaf_id)"""
"""One row for each subject of a leaf: its `kind` and `id` as text, `leaf_id`, `at`, `event`. Ask by event: each
leaf is opened. Of months that the database has given up only the lasting events."""
DOCUMENTS: Final = """(SELECT l.event, convert_from(substring(l.leaf FROM 17), 'UTF8')::jsonb AS document
    FROM (SELECT event, leaf FROM trail.leaf UNION ALL SELECT event, leaf FROM trail.lasting) AS l)"""
"""Each leaf as it was hashed: `event`, and `document` as JSON; of such months only the lasting events."""
