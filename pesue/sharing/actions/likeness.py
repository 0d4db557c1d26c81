"""Remembering what a text that goes out is like."""

from datetime import datetime

from pesue.sharing.composing import words_of
from pesue.sharing.models import Likeness, Share
from pesue.sharing.sameness import keys, shingles


def remember(share: Share, *, now: datetime) -> None:
    """Keep the bands of the share's words, in place of older ones of the same share."""
    Likeness.objects.filter(share=share).delete()
    found = keys(shingles(words_of(share.text, share.disclosure)))
    Likeness.objects.bulk_create(
        [Likeness(share=share, key=key, at=now) for key in set(found)],
        ignore_conflicts=True,
    )
