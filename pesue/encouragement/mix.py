"""Which encouragement suits a work community: what comes first, and why.

Never about a person: it goes by what most of a community said moves them. Each sentence
has its source and the grade of its evidence; none comes from a trial of employee
advocacy, as there is none in print, so a house had better try it. No Django but words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.given import HONOUR, MEANING, REWARD
from pesue.stats.grades import Grade
from pesue.stats.proportions import Share

Words = str | Promise
MONEY, RECOGNITION, SENSE = "money", "recognition", "meaning"
ON_TODAY = (MEANING, HONOUR)  # kinds that have a place there
BY_CHANCE = 1 / 3  # of three motives, each


@dataclass(frozen=True)
class Mix:
    """In what order kinds of encouragement meet somebody, and how they are given."""

    order: tuple[str, ...]  # of given.KINDS
    private: bool = True  # first; public only if the one who gets it likes
    team: bool = False  # given to the team rather than to one

    @property
    def on_today(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.order if kind in ON_TODAY)


ORDINARY = Mix((MEANING, HONOUR, REWARD))  # what everybody meets when nothing is tried
SUITING = {
    MONEY: Mix((REWARD, MEANING, HONOUR), team=True),
    RECOGNITION: Mix((HONOUR, MEANING, REWARD)),
    SENSE: ORDINARY,
}


@dataclass(frozen=True)
class Sentence:
    """One piece of advice on a mix."""

    says: Words
    why: Words
    grade: Grade
    source: str = ""
    motives: tuple[str, ...] = (MONEY, RECOGNITION, SENSE)  # whose mix it is about


SENTENCES = (
    Sentence(
        _("Give a reward together with what it was good for, not money alone."),
        _(
            "Paid reviewers wrote more, those told what others do wrote longer; both "
            "together did best."
        ),
        Grade.ANALOGOUS_TRIAL,
        "Burtch, Hong, Bapna & Griskevicius 2018, Management Science 64(5)",
        (MONEY,),
    ),
    Sentence(
        _("Let it be a surprise or a gift to the whole team, not a price to win."),
        _(
            "An award for attendance was played for, and those who had been best lost "
            "eight per cent of their pace in their other work."
        ),
        Grade.CORRELATION,
        "Gubler, Larkin & Pierce 2016, Organization Science 27(2)",
        (MONEY,),
    ),
    Sentence(
        _("Begin with a thank-you from somebody near that says what it was for."),
        _("A card for the best work, worth no money, raised it by 12 per cent."),
        Grade.ANALOGOUS_TRIAL,
        "Kosfeld & Neckermann 2011, American Economic Journal: Microeconomics 3(3)",
        (RECOGNITION,),
    ),
    Sentence(
        _("Welcome those who are new; honour those who have long done much."),
        _(
            "Honours kept newcomers for a year in one encyclopaedia's trial; in "
            "another, only the most active gained and the less active left sooner."
        ),
        Grade.ANALOGOUS_TRIAL,
        "Gallus 2017, Management Science 63(12); Restivo & van de Rijt 2014, "
        "Information, Communication & Society",
        (RECOGNITION,),
    ),
    Sentence(
        _("Tell first whom it helped, before anything is given."),
        _(
            "Stars to show what good was done beat money, most among those who wished "
            "to do good."
        ),
        Grade.ANALOGOUS_TRIAL,
        "Ashraf, Bandiera & Jack 2014, Journal of Public Economics 120",
        (SENSE,),
    ),
    Sentence(
        _("Ask people to help choose and shape, and thank them for that, too."),
        _(
            "In 238 shops fewer people left where they were asked to recommend "
            "colleagues, even where nobody did: being asked was respect."
        ),
        Grade.ANALOGOUS_TRIAL,
        "Friebel, Heinz, Hoffman & Zubanov 2023, Journal of Political Economy 131(3)",
        (SENSE,),
    ),
    Sentence(
        _("No pay for a post, a click or a like."),
        _(
            "Over 183 samples incentives went with how much was done, inner motives "
            "with how well; the more directly one paid, the less the latter counted."
        ),
        Grade.CORRELATION,
        "Cerasoli, Nicklin & Ford 2014, Psychological Bulletin 140(4)",
    ),
    Sentence(
        _("Keep awards few: one or two of ten people in a round, and unannounced."),
        _(
            "A thank-you card did most where only the best got one, and mostly to "
            "those who did not get it; given to all, little."
        ),
        Grade.ANALOGOUS_TRIAL,
        "Bradler, Dur, Neckermann & Non 2016, Management Science 62(11)",
    ),
    Sentence(
        _("Say what the deed did, and never that it was more than is expected."),
        _(
            "Of 15,329 pupils those who were given an award for attendance came less "
            "often afterwards: it had told them that most do not."
        ),
        Grade.ANALOGOUS_TRIAL,
        "Robinson, Gallus, Lee & Rogers 2021, Organizational Behavior and Human "
        "Decision Processes 163",
    ),
    Sentence(
        _("No list of who did most."),
        _("Among 1,754 sellers taking rank lists away raised sales by 11 per cent."),
        Grade.ANALOGOUS_TRIAL,
        "Barankay 2012",
    ),
    Sentence(
        _("In private first; in public if the one who gets it likes."),
        _("Being seen presses, and nobody is to be pressed."),
        Grade.OPINION,
    ),
)


def majority(shares: Sequence[tuple[str, Share]]) -> str:
    """The motive that moves most; "" where none is known to move more than chance.

    `shares` are of one whole, by motive: the largest, if its interval lies above a
    third.
    """
    most = max(shares, key=lambda one: one[1].share, default=None)
    return most[0] if most and most[1].low > BY_CHANCE else ""


def proposed(motive: str) -> Mix:
    return SUITING.get(motive, ORDINARY)


def sentences(motive: str) -> list[Sentence]:
    """What is said of a mix; for no motive in particular what holds for each."""
    found = [one for one in SENTENCES if motive in one.motives]
    return found or [one for one in SENTENCES if len(one.motives) > 1]
