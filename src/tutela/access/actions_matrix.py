"""Publishing a matrix. Until a second person can sign, only the installation itself publishes."""

from django.db import transaction

from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.trail import log
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from .actions_epoch import bump
from .errors import PermissionMissing
from .matrix import Matrix, from_yaml
from .matrix_rules import validate
from .models import MatrixVersion
from .permissions import Permission


@transaction.atomic
def publish_matrix(*, actor: Actor, text: str) -> MatrixVersion:
    """Put a matrix (YAML) in force if it keeps every invariant; the same again changes nothing."""
    if actor != SYSTEM:
        raise PermissionMissing(permission=Permission.ACCESS_MATRIX_APPROVE.value)
    matrix = from_yaml(text)
    validate(matrix)
    newest = MatrixVersion.objects.order_by("-id").first()
    if newest is not None and newest.hash == matrix.hash:
        return newest
    made = MatrixVersion.objects.create(
        canonical=matrix.canonical,
        hash=matrix.hash,
        epoch=bump(),
        published_at=clock.now(),
        published_by=actor.id,
    )
    _leaf(actor, matrix, made)
    return made


def _leaf(actor: Actor, matrix: Matrix, made: MatrixVersion) -> None:
    cells = sum(1 for _ in matrix.cells())
    detail: dict[str, str | int] = {"matrix": matrix.hash, "epoch": made.epoch, "cells": cells}
    log.append_with_change(Leaf(event=Event.ACCESS_MATRIX_PUBLISHED, actor=actor, detail=detail))
