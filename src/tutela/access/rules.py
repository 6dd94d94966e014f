"""What an account must look like and which posts go together. Pure."""

import re
from collections.abc import Collection

from .errors import LoginInvalid, PostsIncompatible
from .posts import POSTS

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")


def clean_login(text: str) -> str:
    """A login in lower case; LoginInvalid unless 2 to 80 letters a-z, digits and . _ @ -"""
    login = text.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise LoginInvalid
    return login


def check_posts_together(kind: str, current: Collection[str], wanted: str) -> None:
    """PostsIncompatible unless the account may hold `wanted` beside the posts it holds.

    An administrator holds nothing else, so that none of the three sees data or keeps the other two;
    machines hold machine posts and people the others.
    """
    new = POSTS[wanted]
    if new.kind != kind:
        raise PostsIncompatible(held=kind, wanted=wanted)
    for code in current:
        apart = new.administrator or POSTS[code].administrator
        if apart and code != wanted:
            raise PostsIncompatible(held=code, wanted=wanted)
