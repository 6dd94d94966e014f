"""Buffering between the web server and Django: a request's body is read completely, with limits of time, rate and
size, before the request takes one of the few places in which Django runs. Slow, idle and excess connections
are closed (docs/decisions/front.md).
"""
