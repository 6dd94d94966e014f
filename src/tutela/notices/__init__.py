"""What people are told: inbox, mail and chat robots, by each person's choice.

Tables (schema public): notice, delivery (the outbox: one row a message to be sent, with its tries),
preference, reader (a person's language and digest), channel (a chat robot, its address sealed).
Verbs: notify, settle, read, read_all, set_preference, set_reader, add_channel, remove_channel, test_channel,
test_mail, send_due, digest, retry_outbox, sweep. Words: a *notice* stands in one person's inbox; a *kind*
says which sentence it is; a *delivery* is the same notice on its way by mail or to a robot.

A message holds ids, codes, days and counts of a closed set per kind, and never a word somebody typed:
it leaves the house by mail and by the chat provider. What it is about stands behind its link, and in the
inbox its codes are called by their names (naming.py), which the rooms above tell when the page is read.
Each room declares its own kinds (kinds.py).
"""
