"""Cases: those that come with Pesue, and the organisation's own before them."""

from dataclasses import dataclass

from pesue.example import library
from pesue.example.models import Case
from pesue.guidance.patterns import Pattern, patterns

MOST = 200


@dataclass(frozen=True)
class Shown:
    name: str
    happened: str
    teaches: str
    source: str
    pattern: Pattern | None  # the concept that begins it here
    own: int | None = None  # the id of one's own

    @property
    def link(self) -> str:
        """The source, if it is an address."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


def cases(language: str) -> list[Shown]:
    known = patterns(language)
    own = [
        Shown(c.name, c.happened, c.teaches, c.source, known.get(c.pattern), c.pk)
        for c in Case.objects.all()[:MOST]
    ]
    ours = [
        Shown(c.name, c.happened, c.teaches, c.source, known[c.pattern])
        for c in library.cases(language)
    ]
    return own + ours
