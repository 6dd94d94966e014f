"""A request at this door, with what the door has put on it."""

from django.http import HttpRequest

from tutela.base.actor import Actor


class Call(HttpRequest):
    """Only a type: the object is Django's own. `stated_purpose` is a Purpose's text, or empty."""

    actor: Actor
    stated_purpose: str
