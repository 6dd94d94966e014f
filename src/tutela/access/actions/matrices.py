"""Publishing a matrix. Until a second person can sign, only the installation itself publishes."""

import logging

from django.db import transaction

from tutela.access import events, permissions
from tutela.access.errors import MatrixInvalid, PermissionMissing
from tutela.access.matrix import (
    Matrix,
    completed,
    from_canonical,
    from_yaml,
    seeded_text,
    seeded_version,
)
from tutela.access.matrix_rules import validate
from tutela.access.models import MatrixVersion
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.free_text import check_free_text
from tutela.trail import log
from tutela.trail.leaves import Leaf

from .epoch import bump

_log = logging.getLogger("tutela.access")


@transaction.atomic
def publish_matrix(actor: Actor, text: str) -> MatrixVersion:
    """Put a matrix (YAML) in force if it keeps every invariant; the same again changes nothing."""
    if actor != SYSTEM:
        raise PermissionMissing(permission=permissions.MATRIX_APPROVE.name)
    check_free_text(matrix=text)
    return _publish(actor, from_yaml(text))


@transaction.atomic
def complete_matrix() -> MatrixVersion | None:
    """After an upgrade: give the matrix in force what its version could not say (see `completed`).

    Posts without write rules could change nothing. A matrix that cannot take them stays as it is.
    """
    newest = MatrixVersion.objects.order_by("-id").first()
    old = from_canonical(newest.canonical) if newest else None
    if old is not None and old.version >= seeded_version():
        return newest
    seed = from_yaml(seeded_text())
    try:
        return _publish(SYSTEM, completed(old, seed) if old is not None else seed)
    except MatrixInvalid as error:
        _log.warning("matrix not completed", extra=error.params)
        return newest


def _publish(actor: Actor, matrix: Matrix) -> MatrixVersion:
    validate(matrix)
    newest = MatrixVersion.objects.order_by("-id").first()
    if newest is not None and newest.hash == matrix.hash:
        return newest
    version = MatrixVersion.objects.create(
        canonical=matrix.canonical,
        hash=matrix.hash,
        epoch=bump(),
        published_at=clock.now(),
        published_by=actor.id,
    )
    cells = sum(1 for _ in matrix.cells())
    detail: dict[str, str | int] = {"matrix": matrix.hash, "epoch": version.epoch, "cells": cells}
    log.append_with_change(Leaf(event=events.MATRIX_PUBLISHED, actor=actor, detail=detail))
    return version
