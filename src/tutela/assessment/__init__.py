"""The yearly assessment and the register of risks: measure M1's "assessed every year".

Tables: Assessment, Rating, Risk, Acceptance. Verbs: open_assessment, rate_control, attach_proof,
submit_assessment, return_assessment, close_assessment, register_risk, change_risk, accept_risk,
warn_acceptances, end_acceptances.
Words: a *control* is an entry of `controls.yaml`; a *rating* is a person's verdict in one year; a *live*
control is not rated by a person, its verdict follows the reading of a target.
"""
