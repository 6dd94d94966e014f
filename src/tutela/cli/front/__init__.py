"""What stands between the web server and Django: bodies are read whole, under limits of time, rate and size,
before one of the few places in which Django works is taken; connections that are slow, idle or too many
are closed. `docs/decisions/front.md` says why it is built so.
"""
