"""The room as Django knows it."""

from collections.abc import Mapping, Sequence

from django.apps import AppConfig

from tutela.base.readings import Ask, Reading


class ConsoleConfig(AppConfig):
    name = "tutela.console"
    label = "console"

    def ready(self) -> None:
        """Join what may not know each other: the assessment's live controls read the scorecard."""
        from tutela.assessment import live

        live.provide(_read)


def _read(asks: Sequence[Ask]) -> Mapping[Ask, Reading]:
    from tutela.scorecard import registry

    return registry.read(asks)
