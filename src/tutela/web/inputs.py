"""Inputs of days and times as browsers have them: sent as ISO 8601, shown as the browser shows days."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day. A DateField's own text box would take a day in the reader's order, 03/04 for two different days."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time to the minute, in the company's time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
