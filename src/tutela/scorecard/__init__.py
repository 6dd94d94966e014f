"""The scorecard: the programme's targets computed from the rooms' evidence, and packs for outsiders.

Answers the policy's frame: every promise has a figure that can be believed. Stores no opinion: only
evidence from outside systems and the company's own formulas; all else is read when it is asked.

Tables   scorecard_outside_evidence, scorecard_custom_measure, scorecard_pack, scorecard_signing_key (plain
         SQL in `sql/`, append-only)
Pages    home (with console), target, missing, departments, wall, print, outside evidence, own measures
Verbs    board, add evidence, define measure, write pack, adopt key; `tutela-verify pack` checks it elsewhere
Words    line, reading, goal, status (met, at risk, not met, no data), stale, outside, pack
"""
