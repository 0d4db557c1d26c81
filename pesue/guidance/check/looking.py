"""The check itself: all that is worth a word, what matters most first."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.guidance.check.claims import claims, form
from pesue.guidance.check.disclosure import disclosure
from pesue.guidance.check.people import people
from pesue.guidance.check.quiet import Quiet, quoted, touching_text
from pesue.guidance.check.reading import Text
from pesue.guidance.check.shape import (
    Draft,
    Finding,
    Known,
    Limits,
    Rule,
    Subject,
    behind,
)
from pesue.guidance.check.topics import named_in


def check(draft: Draft, limits: Limits, known: Known) -> list[Finding]:
    """All findings but those the person lets be; most texts have none.

    What blocks cannot be let be. The page shows the first, and how many there are.
    """
    if not draft.words.strip():
        return []
    found = (
        replace(finding, rule=finding.rule or behind(finding, known.rules))
        for finding in _findings(draft, limits, known)
    )
    return [one for one in found if one.blocks or one.id not in draft.left]


def _findings(draft: Draft, limits: Limits, known: Known) -> Iterator[Finding]:
    text = Text.of(draft.words, draft.language)
    yield from _locks(draft, known)
    yield from _of_item(draft, limits)
    marked = disclosure(draft, limits, known)
    if marked:
        yield marked
    yield from people(text, known)
    yield from _quiet(text, draft, known)
    yield from _topic(text, draft, known)
    yield from _picture(draft)
    yield from claims(text)
    yield from _own(draft)
    yield from form(text, draft, limits)
    if draft.kind == "ad" and limits.label:
        yield Finding(
            "label",
            _("%(network)s has a label for advertising, too: turn it on there.")
            % {"network": limits.name},
            subject="mark",
        )


def _locks(draft: Draft, known: Known) -> Iterator[Finding]:
    if draft.locked:
        yield Finding(
            "locked",
            _("This is not to be told yet. Your words wait here."),
            draft.locked_why,
            until=draft.locked,
            blocks=True,
        )
    locks = [quiet for quiet in known.quiets if quiet.locks]
    nothing = Text("", draft.language)
    lock = touching_text(locks, nothing, draft.topics, finance=draft.finance)
    if lock:
        yield _of_quiet(lock, "", blocks=True)


def _of_quiet(quiet: Quiet, quote: str, *, blocks: bool) -> Finding:
    said = {"name": quiet.name, "words": quote, "person": quiet.ask}
    if blocks:
        what = _("Now is a quiet time: %(name)s. Your words wait here.")
    elif quote:
        what = _("“%(words)s”: it is a quiet time now (%(name)s). Does it touch it?")
    else:
        what = _("It is a quiet time now (%(name)s), and this item touches it.")
    instead = _("When in doubt, ask %(person)s.") if quiet.ask else ""
    return Finding(
        "quiet-lock" if blocks else "quiet",
        what % said,
        quiet.why,
        instead % said if instead else "",
        quote=quote,
        until=quiet.ends,
        subject="quiet",
        blocks=blocks,
    )


def _quiet(text: Text, draft: Draft, known: Known) -> Iterator[Finding]:
    """A quiet period that asks for care; one that locks does so by words alone."""
    others = [
        quiet
        for quiet in known.quiets
        if not (quiet.locks and quiet.marks(draft.topics, finance=draft.finance))
    ]
    found = touching_text(others, text, draft.topics, finance=draft.finance)
    if found:
        yield _of_quiet(found, quoted(found, text), blocks=False)


def _of_item(draft: Draft, limits: Limits) -> Iterator[Finding]:
    if draft.gone:
        yield Finding(
            "gone", _("This is no longer in the library. Ask before you share it.")
        )
    if limits.over > 0:
        yield Finding(
            "long",
            ngettext(
                "It is %(number)s character too long for %(network)s. "
                "Which sentence can go?",
                "It is %(number)s characters too long for %(network)s. "
                "Which sentence can go?",
                limits.over,
            )
            % {"number": limits.over, "network": limits.name},
        )


def _topic(text: Text, draft: Draft, known: Known) -> Iterator[Finding]:
    """A topic that others answer for, or of which a guideline says: ask first."""
    subjects = tuple(s for s in known.subjects if s.id not in draft.cleared)
    topics = draft.topics - draft.cleared
    of_item = next((s for s in subjects if s.id in topics), None)
    if of_item:
        yield _ask(of_item, "", known)
        return
    asks = next((r for r in known.rules if r.asks and r.topics & topics), None)
    if asks:
        topic = min(asks.topics & topics)
        yield Finding("ask", asks.text, act="ask", topic=topic, rule=asks)
        return
    named = named_in(text, subjects)
    if named:
        yield _ask(named[0], named[1], known)


def _ask(subject: Subject, words: str, known: Known) -> Finding:
    said = {"name": subject.owner, "topic": subject.name}
    what = _("Ask %(name)s first: they answer for %(topic)s.")
    if words:
        what = _("Do you speak of %(topic)s? %(name)s answers for it; ask first.")
    return Finding(
        "topic",
        what % said,
        _("They know what may be told already. An answer comes to you here."),
        quote=words,
        act="ask",
        topic=subject.id,
        rule=_asks(subject, known.rules),
    )


def _asks(subject: Subject, rules: tuple[Rule, ...]) -> Rule | None:
    mine = [rule for rule in rules if subject.id in rule.topics]
    return next((rule for rule in mine if rule.asks), next(iter(mine), None))


def _picture(draft: Draft) -> Iterator[Finding]:
    if not draft.pictured:
        return
    if not draft.alt.strip():
        yield Finding(
            "alt",
            _("Say in a few words what the picture shows, for those who listen."),
            act="alt",
            subject="picture",
        )
    if not draft.people:
        yield Finding(
            "people",
            _("Can somebody be recognised in the picture, and have they agreed?"),
            _("Nobody has said yet. A picture of a person is theirs to show."),
            _("Look once more, ask them, or share without the picture."),
            act="unpicture",
            subject="picture",
        )


def _own(draft: Draft) -> Iterator[Finding]:
    if draft.like_ready:
        yield Finding(
            "ready",
            _(
                "These are almost the words we offered. "
                "Say one thing only you could say."
            ),
            subject="own",
        )
    if draft.like_colleague:
        yield Finding(
            "colleague",
            _(
                "A colleague has used almost the same words lately. "
                "Add something of yours."
            ),
            subject="own",
        )
