"""Who has said nearly the same lately."""

from collections import Counter
from datetime import datetime, timedelta

from pesue.people.models import Member
from pesue.sharing.composing import words_of
from pesue.sharing.models import Likeness, Share
from pesue.sharing.sameness import keys, likeness, shingles

REMEMBERED = timedelta(days=14)
MOST_BANDS = 2000  # read at most; more would all be copies of one text
MOST_READ = 20  # texts compared exactly
OUT = ["scheduled", "sending", "handed", "shared", "unknown"]


def like_a_colleague(words: str, member: Member, *, now: datetime) -> float:
    """How alike `words` are to the most similar text of a colleague of late.

    0 to 1. Whose it is is not told.
    """
    mine = shingles(words)
    found = Likeness.objects.filter(key__in=keys(mine), at__gt=now - REMEMBERED)
    shared = Counter(found.values_list("share_id", flat=True)[:MOST_BANDS])
    likeliest = [share for share, _bands in shared.most_common(MOST_READ)]
    if not likeliest:
        return 0.0
    theirs = Share.objects.filter(pk__in=likeliest, state__in=OUT).exclude(
        member=member
    )
    return max(
        (
            likeness(mine, shingles(words_of(text, line)))
            for text, line in theirs.values_list("text", "disclosure")
        ),
        default=0.0,
    )
