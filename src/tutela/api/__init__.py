"""The door for machines: the product's verbs as JSON under /api/v1/, for machine accounts with a key.

Answers: measure M2, other systems of the company look at customers by the same rules as people.
Table (schema public): api_idempotency. Verbs of its own: once (an act that is asked twice is done
once), sweep. All others are those of the rooms below. Addresses are in `urls.py`.

Words owned here
    problem           a refusal as RFC 9457 tells it: code, sentence, places; never a given value
    idempotency key   the caller's name for one act, so that a repeated request does not repeat it
"""
