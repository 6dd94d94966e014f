"""The programme: what the policy promises, who owes it, by when, and the work that follows from it.

Answers: measure M1 and the policy's timetable. Tables (schema public): governance_programme, governance_measure,
governance_target, governance_target_rule, governance_duty_template, governance_duty_occurrence, governance_task,
governance_comment, governance_former_name.
Verbs: set_programme, set_measure, draft_target, sign_target, create_duty, change_duty, retire_duty,
make_occurrences, mark_missed, close_occurrence, fulfil_duty, move_occurrence, skip_occurrence, create_department,
rename_department, hand_over_duties, remove_department, create_task, move_task, reassign_task, export_tasks,
export_duties, comment, attach, withdraw. Pages: the programme, a target, departments, the year of
duties, one period of a duty, my work, tasks. Rooms above close duties by fulfil_duty and register in registry.py.
The app label, tables and stored names are `governance` (docs/decisions/four-rooms.md).

Words owned here
    measure     one of M1 to M7: what the company does, by a department, from a date on
    target      a number that a measure promises; its rules are versions, each with the day it starts
    duty        a template: what must be done every week, month, quarter, half year or year
    occurrence  one period of a duty, with its due date; a missed one stays missed
    task        one piece of work, owned by a post or department; a named person does it
"""
