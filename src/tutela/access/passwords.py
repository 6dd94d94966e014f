"""The rule for passwords: one sentence for a person, whatever of it was broken."""

from typing import Any, Final

from django.contrib.auth import password_validation as library
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LEAST: Final = 12
RULE: Final = _(
    "At least 12 characters, not only digits, not a common password and not similar to your name."
)


class PasswordRule:
    """Long enough, not like the person's name, not a common one, not only digits."""

    def __init__(self) -> None:
        self.parts: tuple[Any, ...] = (
            library.MinimumLengthValidator(LEAST),
            library.UserAttributeSimilarityValidator(),
            library.CommonPasswordValidator(),
            library.NumericPasswordValidator(),
        )

    def validate(self, password: str, user: Any = None) -> None:
        try:
            for part in self.parts:
                part.validate(password, user)
        except ValidationError as broken:
            # The rule itself stands below the field.
            raise ValidationError(_("The password is too weak."), code="weak") from broken

    def get_help_text(self) -> str:
        return str(RULE)
