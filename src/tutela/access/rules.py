"""What an account must look like and which posts go together. Pure."""

import re
from collections.abc import Collection
from datetime import timedelta

from .errors import LoginInvalid, PostsIncompatible
from .posts import POSTS

NEEDED_POSTS = frozenset(
    code for code, post in POSTS.items() if post.administrator in {"system", "security"}
)
"""Without anybody in one of these posts nobody could let anybody else in again."""
GROUNDS = ("forgotten", "lost_device", "compromised", "first_sign_in")
"""Why a sign-in is reset."""
RESET_LIFE = timedelta(hours=24)
"""How long a proposed reset waits for its second person."""
EXPIRES_SOON = timedelta(days=14)
"""So long before its end an API key is to be replaced."""
MANY_LEAVERS = 0.05
"""From this share of the active people on, a staff file asks before it disables them."""
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


def is_many_leavers(leavers: int, people: int) -> bool:
    """Whether so many of the active people are too many to be disabled without asking."""
    return leavers > 0 and leavers >= MANY_LEAVERS * people
