"""What a password has to be."""

from django.contrib.auth import password_validation
from django.utils.translation import ngettext


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's own, with words that it lacks in Finnish."""

    def get_error_message(self) -> str:
        return ngettext(
            "This is too short: give at least %(number)d character.",
            "This is too short: give at least %(number)d characters.",
            self.min_length,
        ) % {"number": self.min_length}

    def get_help_text(self) -> str:
        return ngettext(
            "At least %(number)d character; a sentence is good.",
            "At least %(number)d characters; a sentence is good.",
            self.min_length,
        ) % {"number": self.min_length}
