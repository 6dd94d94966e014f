"""The customer information protection committee: charter, seats, meetings, minutes, resolutions.

Answers measure M1 (organisation and duties) and feeds `isms-built` (evidence.py).
Tables: Committee, Charter, Seat, Meeting, AgendaItem, Attendance, Correction, Resolution.
Verbs: found_committee, change_charter, name_seat, end_seat, call_meeting, cancel_meeting, hold_meeting,
write_minutes, close_meeting, pass_resolution, correct_attendance, sign_correction, drop_correction.
Words: a seat is a person's, named for the post they hold and for days; whoever does not hold the post on the
day of a meeting does not fill it. A quorum is counted in seats. A resolution becomes a task with an owner and
a due date. A record of attendance is never overwritten: a correction is a new record, in force once it is signed.
"""
