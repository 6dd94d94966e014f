-- A process of the version before knows no list of tags. While one still ran on another machine it
-- may have left records without; and from now on it is refused instead of doing so.
UPDATE vault.record r SET tags = t.tags
    FROM (SELECT customer_id, record_id, array_agg(tag) AS tags FROM vault.tag
          GROUP BY customer_id, record_id) AS t
    WHERE r.customer_id = t.customer_id AND r.record_id = t.record_id AND cardinality(r.tags) = 0;
ALTER TABLE vault.record ALTER COLUMN tags DROP DEFAULT;
