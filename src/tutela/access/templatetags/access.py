"""Tags about rights: links that lead somewhere, and the matrix in words."""

from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from tutela.access import gate
from tutela.base.language import reads_chinese

register = template.Library()

SCOPES = {
    "own": _("customers with own open work items"),
    "team": _("customers with own open work items, and of the branch"),
    "branch": _("customers of the branch"),
    "subtree": _("customers of the branch and all below it"),
    "all": _("all customers"),
}


@register.simple_tag(takes_context=True)
def may_open(context: template.Context, address: str) -> bool:
    """Whether this link leads anywhere for the reader; a link to a refusal is not shown."""
    return gate.can_open(context["request"].actor, address)


@register.simple_tag
def reason_of(rule: Any) -> str:
    """Why a rule of the matrix stands there, in the active language."""
    return str(rule.reason_zh if reads_chinese() else rule.reason_en)


@register.simple_tag
def scope_label(scope: str) -> str:
    return str(SCOPES[scope])
