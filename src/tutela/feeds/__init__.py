"""Looks outside the vault: access logs of other systems become leaves of the trail, and how much of them is
missing.

Answers measure M2, "every access is recorded": most customer data is looked at in core systems, databases and jump
hosts. Feeds `access-log-kept` with lines beside it (evidence.py). Tables: Feed, FeedKey, Delivery, Account;
feeds_record (what came already), feeds_stretch (numbers that came), feeds_tally (looks by day). Verbs:
register_feed, change_feed, close_feed, reopen_feed, make_key, revoke_key, deliver_looks, report_looks,
match_account, release_account. Words: a feed is one log of one system, with the way it is written. A look is one
line of it that tells who looked at whom. A delivery is a file or a call. An account is a person as the other
system names them; matched, it is one of our staff. What a line holds of a customer is turned into search tags or
dropped: no value is stored."""
