"""The monthly letter: warm, short and true. No sentence says more than is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.measurement.advice import Tried
from pesue.measurement.calibrated import Said
from pesue.measurement.report import figures
from pesue.measurement.report.known import Known
from pesue.measurement.report.lacking import lacking
from pesue.measurement.report.tried import says
from pesue.measurement.report.wording import added_says
from pesue.measurement.statistics import APPLICATIONS, LEADS, PURCHASES, TICKETS
from pesue.sharing.statistics import CONFIRMED, PUBLISHED, READERS, TELLERS

MOST_TRIED = 2
Came = Mapping[str, int]


@dataclass(frozen=True)
class Letter:
    subject: str
    paragraphs: Sequence[str]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def letter(known: Known) -> Letter:
    """In the language that is active."""
    month = figures.month_name(known.month)
    told = [" ".join(part) for part in (_told(known), _did(known))]
    paragraphs = [
        _("Hello,"),
        *told,
        " ".join(_learned(known)),
        _unknown(known),
        _next(known),
        _("Written by Pesue from the numbers of %(home)s.") % {"home": known.home},
    ]
    subject = _("A letter about telling: %(month)s") % {"month": month}
    return Letter(subject, [part for part in paragraphs if part])


def _told(known: Known) -> Iterator[str]:
    people = known.numbers.get(TELLERS.name)
    if people is None:
        yield _(
            "How many told this month is not shown: it takes five people, so that "
            "nobody can be made out."
        )
        return
    if not people:
        yield _("Nobody told anything this month. It is a fact, and no fault.")
        return
    yield ngettext(
        "This month %(number)s person told about our work in their own words.",
        "This month %(number)s people told about our work in their own words.",
        people,
    ) % {"number": figures.whole(people)}
    posts = [known.numbers.get(of.name) for of in (PUBLISHED, CONFIRMED)]
    if any(posts):
        number = sum(n or 0 for n in posts)
        words = (
            ngettext(
                "It came to at least %(number)s post.",
                "It came to at least %(number)s posts.",
                number,
            )
            if None in posts
            else ngettext(
                "It came to %(number)s post.", "It came to %(number)s posts.", number
            )
        )
        yield words % {"number": figures.whole(number)}


def _did(known: Known) -> Iterator[str]:
    readers = known.numbers.get(READERS.name)
    if readers == 0:
        yield _("Nobody came to read by our links.")
    elif readers is not None:
        yield ngettext(
            "About %(number)s person came to read by our links.",
            "About %(number)s people came to read by our links.",
            readers,
        ) % {"number": figures.whole(readers)}
    if known.added and known.held and known.held.judged:
        yield added_says(known.held.judged)
        yield _(
            "Over the month it comes to somewhere between %(low)s and %(high)s."
        ) % {
            "low": figures.signed(known.added.low),
            "high": figures.signed(known.added.high),
        }
    elif readers:
        yield _("How many of them would have come anyway is not known.")
    yield from _after(known)


def _after(known: Known) -> Iterator[str]:
    came = known.afterwards or {}
    words = [
        text % {"number": figures.whole(number)}
        for text, number in (
            (_applications(came), came.get(APPLICATIONS.name)),
            (_contacts(came), came.get(LEADS.name)),
            (_tickets(came), came.get(TICKETS.name)),
            (_purchases(came), came.get(PURCHASES.name)),
        )
        if number
    ]
    if words:
        yield _("After visits by our links there were: %(what)s.") % {
            "what": ", ".join(words)
        }


def _applications(came: Came) -> str:
    number = came.get(APPLICATIONS.name, 0)
    return ngettext("%(number)s application", "%(number)s applications", number)


def _contacts(came: Came) -> str:
    return ngettext("%(number)s lead", "%(number)s leads", came.get(LEADS.name, 0))


def _tickets(came: Came) -> str:
    number = came.get(TICKETS.name, 0)
    return ngettext("%(number)s ticket", "%(number)s tickets", number)


def _purchases(came: Came) -> str:
    number = came.get(PURCHASES.name, 0)
    return ngettext("%(number)s purchase", "%(number)s purchases", number)


def _learned(known: Known) -> Iterator[str]:
    ended = _one_a_trial(known.tried_now)
    if ended:
        yield ngettext(
            "%(number)s trial ended.", "%(number)s trials ended.", len(ended)
        ) % {"number": len(ended)}
        for one in ended[:MOST_TRIED]:
            yield says(one)
    elif known.running:
        names = ", ".join(f"“{name}”" for name in known.running)
        yield _("Being tried now: %(names)s. What it does we say when it is over.") % {
            "names": names
        }
    else:
        yield _("Nothing was tried by lot, so nothing new was learned for certain.")


def _one_a_trial(tried: Sequence[Tried]) -> list[Tried]:
    """Of the arms of a trial the one that is told most surely."""
    found: dict[int, Tried] = {}
    for one in tried:
        told = one.measured is not None and one.sound
        kept = found.get(one.trial)
        if kept is None or (told and kept.said is Said.CANNOT_TELL):
            found[one.trial] = one
    return list(found.values())


def _unknown(known: Known) -> str:
    first = next(iter(lacking(known)), None)
    if first is None:
        return ""
    return _("What we do not know: %(what)s It would take this: %(takes)s") % {
        "what": first.what,
        "takes": first.takes,
    }


def _next(known: Known) -> str:
    if not known.advice:
        return _("One thing to do next: thank somebody whose words you liked.")
    first = known.advice[0]
    return _("One thing to do next: %(what)s %(reason)s (%(rests)s)") % {
        "what": first.what,
        "reason": first.reason,
        "rests": first.rests,
    }
