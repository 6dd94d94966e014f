"""Who acts at the shell: the machine account of this host, or a member of staff who signs in.

The host's account may import and see masked values, never clear ones. `--as` signs in with password and second
factor, or with an API key, and bypasses no check.
"""

from typing import Annotated

import typer

from tutela.base import env
from tutela.base.actor import ANONYMOUS, Actor
from tutela.cli.translations import gettext as _

As = Annotated[
    str,
    typer.Option(
        "--as",
        help="Sign in as this member of staff (password from TUTELA_AS_PASSWORD or asked; second "
        "factor from TUTELA_AS_CODE or asked), or 'key' for the API key in TUTELA_API_KEY.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
Reason = Annotated[str, typer.Option("--reason", help="Reason in words; stored encrypted.")]


_acting: list[Actor] = []
_command: list[str] = []


def begin(words: list[str]) -> None:
    """Remember the running command for the leaf of a refusal."""
    _acting.clear()
    _command[:] = [word for word in words[:1] if word.replace("-", "").isalpha()]


def command() -> str:
    """The name of the running command."""
    return _command[0] if _command else "unknown"


def actor(login: str) -> Actor:
    """The actor for one command; NotAllowed if the sign-in fails."""
    _acting[:] = [_signed_in(login)]
    return _acting[0]


def acting() -> Actor:
    """The last actor of this process, or ANONYMOUS."""
    return _acting[0] if _acting else ANONYMOUS


def _signed_in(login: str) -> Actor:
    from tutela.access import sign_in
    from tutela.access.errors import SecondFactorMissing

    if not login:
        return sign_in.local_operator()
    if login == "key":
        text = env.secret("TUTELA_API_KEY") or _ask(_("API key"))
        return sign_in.authenticate_key_for_shell(text)
    password = env.secret("TUTELA_AS_PASSWORD") or _ask(
        _("Password of %(login)s") % {"login": login}
    )
    code = env.secret("TUTELA_AS_CODE") or ""
    try:
        return sign_in.authenticate_for_shell(login, password, code)
    except SecondFactorMissing:
        return sign_in.authenticate_for_shell(login, password, _ask(_("One-time code")))


def _ask(what: str) -> str:
    return str(typer.prompt(what, hide_input=True, err=True))
