"""Asks a language model for the wordings that a person wished for."""

import logging
from datetime import datetime

from pesue.guidance.models import OldSentence
from pesue.guidance.wordings import NoWording, configured, propose

log = logging.getLogger(__name__)

Wish = OldSentence.Wish
AT_ONCE = 5  # in one run: a slow model holds up its own lane only


def word(now: datetime) -> int:
    """Fill in some wishes; returns how many were answered, for good or ill.

    A wish stays until it is answered, so a worker that dies loses none; one that is
    answered twice is kept once, as the row is written only while it waits.
    """
    endpoint = configured()
    waiting = OldSentence.objects.filter(wish=Wish.ASKED).order_by("pk")
    if endpoint is None:  # switched off meanwhile
        return waiting.update(wish=Wish.NONE)
    answered = 0
    for sentence in waiting[:AT_ONCE]:
        field = "words" if sentence.label == "overbroad" else "instead"
        try:
            said = propose(sentence.text, sentence.language, endpoint)
            made = {"wish": Wish.MADE, field: said}
        except NoWording as no:
            log.warning("no wording for sentence %s: %s", sentence.pk, no)
            made = {"wish": Wish.FAILED}
        # Nothing that a person has decided meanwhile is written over.
        still = OldSentence.objects.filter(
            pk=sentence.pk, wish=Wish.ASKED, decision=OldSentence.Decision.OPEN
        )
        if not still.update(**made):
            OldSentence.objects.filter(pk=sentence.pk).update(wish=Wish.NONE)
        answered += 1
    return answered
