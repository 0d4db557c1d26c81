"""Claims that want a source, and words that keep readers away."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pesue.guidance.check.reading import Sentence, Text
from pesue.guidance.check.shape import Draft, Finding, Limits

NEAR = 3  # words between a ranking and the thing it ranks
_LINK = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:fi|se|com|org|eu|net)/")


def claims(text: Text) -> Iterator[Finding]:
    """Rankings, promises and green words with neither link nor source beside them.

    Directive (EU) 2024/825 on empowering consumers bans environmental claims in
    general words; known, not checked here against its text, so no date is told.
    """
    for sentence in text.having("green", "ranked", "promise", "ranks"):
        if sentence.has("opinion") or _is_sourced(sentence, text):
            continue
        if sentence.has("green"):
            yield _green(sentence.quote("green"))
        found = _ranking(sentence)
        if found:
            yield Finding(
                "claim",
                _("“%(words)s” is a claim. How do you know?") % {"words": found},
                _("What is said of products in public must be true and provable."),
                _("Say what you have seen yourself, or give the source."),
                quote=found,
                subject="claim",
            )


def _green(words: str) -> Finding:
    return Finding(
        "green",
        _("“%(words)s” says much in general. What exactly is meant?")
        % {"words": words},
        _("General words about the environment mislead easily, and the law minds."),
        _("Tell one thing that was done, with its number and source."),
        quote=words,
        subject="claim",
    )


def _ranking(sentence: Sentence) -> str:
    for name in ("ranked", "promise"):
        if sentence.has(name):
            return sentence.quote(name)
    things = [hit.start for hit in sentence.hits.get("thing", [])]
    for hit in sentence.hits.get("ranks", []):
        if any(hit.stop <= at < hit.stop + NEAR for at in things):
            return sentence.between(sentence.tokens[hit])
    return ""


def _is_sourced(claim: Sentence, text: Text) -> bool:
    """Whether a source stands in a sentence, or in the one before or after it."""
    at = text.sentences.index(claim)
    near = text.sentences[max(0, at - 1) : at + 2]
    return any(s.has("source") or _LINK.search(s.text) for s in near)


# --- Form

_WORD = re.compile(r"[^\W\d_]{4,}")
_TAG = re.compile(r"(?<!\w)#\w+")


def form(text: Text, draft: Draft, limits: Limits) -> Iterator[Finding]:
    """Shouting, heaps of tags, a link that says nothing."""
    if shouts(text):
        yield Finding(
            "shout",
            _("Capital letters read like shouting. Small ones carry as far."),
            _("Screen readers may spell them out, letter by letter."),
            subject="form",
        )
    if len(_TAG.findall(draft.words)) > limits.tags:
        yield Finding(
            "tags",
            _("So many tags hide your words. Three are plenty."),
            subject="form",
        )
    here = next((s.quote("here") for s in text.having("here")), "")
    if here:
        yield Finding(
            "here",
            _("“%(words)s” does not say where it leads. Name what is there.")
            % {"words": here},
            _("Many go from link to link without what stands around it."),
            quote=here,
            subject="form",
        )


def shouts(text: Text) -> bool:
    """Whether most of the longer words are in capitals."""
    found: list[str] = _WORD.findall(" ".join(s.text for s in text.told))
    return len(found) >= 4 and sum(word.isupper() for word in found) * 2 > len(found)
