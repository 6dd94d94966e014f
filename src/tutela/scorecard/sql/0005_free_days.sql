-- Days of a report that was corrected to others are free again. That no day counts twice for one source is
-- asked under a lock when a report is recorded (actions.add_evidence), for overlaps too.
DROP INDEX public.scorecard_outside_once;
