"""The yearly assessment and the register of risks: measure M1's "assessed every year".

Tables: Assessment, Rating, Risk, Acceptance. Verbs: open_assessment, rate_control, attach_proof,
submit_assessment, return_assessment, close_assessment, register_risk, change_risk, accept_risk,
warn_acceptances, end_acceptances.
Words: a *control* is one line of `controls.yaml`; a *rating* is what a person found in one year; a
*live* control has no rating of its own, it shows the reading of a target and follows it.
"""
