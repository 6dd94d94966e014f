"""Notifications: inbox, mail and chat robots, as each person chooses.

Tables (schema public): notice, delivery (the outbox: one row a message to be sent, with its tries),
preference, reader (a person's language and digest), channel (a chat robot, its address encrypted).
Verbs: notify, settle, read, read_all, set_preference, set_reader, add_channel, remove_channel, test_channel,
test_mail, send_due, digest, retry_outbox, sweep. Words: a *notice* is one entry in one person's inbox; a
*kind* selects its sentence; a *delivery* is one message of a notice, by mail or to a robot.

A message holds only ids, codes, days and counts of a closed set per kind, never free text, because mail and
chat providers are outside the company. The inbox shows names instead of codes (naming.py); the rooms above
provide them when the page is rendered. Each room declares its own kinds (kinds.py).
"""
