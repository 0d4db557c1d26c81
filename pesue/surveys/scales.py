"""The answers that questions can have. Each room declares its own."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Scale:
    """Answers from the best to the worst; the last is that one cannot say."""

    kind: str  # as Survey.kind
    choices: tuple[tuple[str, str | Promise], ...]

    @property
    def keys(self) -> list[str]:
        return [key for key, _label in self.choices]

    @property
    def best(self) -> str:
        return self.choices[0][0]

    @property
    def silent(self) -> str:
        """Cannot say."""
        return self.choices[-1][0]


SCALES: dict[str, Scale] = {}


def declare(scale: Scale) -> Scale:
    SCALES[scale.kind] = scale
    return scale
