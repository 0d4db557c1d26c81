"""docs/channels.md, made of what the channels declare.

python -m pesue.sharing.channels.page > docs/channels.md
"""

from pesue.sharing.channels import CHANNELS
from pesue.sharing.channels.base import About, Channel, Limit, Publisher, Way

WAYS = {
    Way.API: "we post it",
    Way.INTENT: "its composer opens",
    Way.SHEET: "the device's share sheet",
    Way.COPY: "copied, and the network opened",
}
ABOUT = {
    About.PREFILL: "Filling the text in",
    About.SCHEDULE: "Posting at a chosen time",
    About.REWARD: "Rewarding acts there",
    About.SAME_TEXT: "One text from many accounts",
    About.NUMBERS: "Showing its figures to others",
    About.CAPTIONS: "A file of captions with a video",
}
HEAD = """# Channels: what each network allows, and how Pesue goes there

Made of the channels' own declarations by `python -m pesue.sharing.channels.page`; a
test keeps it in step. A source marked *common* is where the network would state a
fact that is common knowledge; we have not found it written there.

A person presses Publish, always. Pesue never likes, reposts or comments by itself,
and gives no reward for any act on a network, whatever the network's terms are.

To add a channel: write one file in `pesue/sharing/channels/` and add its line in
`__init__.py`; or publish a package with an entry point in the group
`pesue.channels` that names a `Channel` class.
"""


def page() -> str:
    """The whole document, in English."""
    parts = [HEAD, _overview()]
    parts += [_section(channel) for channel in CHANNELS.values()]
    return "\n".join(parts)


def _overview() -> str:
    rows = ["| Channel | Ways, best first | Text | Pictures |", "|---|---|---|---|"]
    for channel in CHANNELS.values():
        ways = "; ".join(WAYS[way] for way in channel.ways)
        text, pictures = _most(channel.text_limit), _most(channel.pictures_limit)
        rows.append(f"| {channel.name} | {ways} | {text} | {pictures} |")
    return "\n".join(rows) + "\n"


def _section(channel: Channel) -> str:
    lines = [f"## {channel.name}", ""]
    limits = [("Text", channel.text_limit), ("Pictures", channel.pictures_limit)]
    limits.append(("Alt text of a picture", channel.alt_limit))
    for name, limit in limits:
        if limit:
            source = _source(limit.source, limit.common)
            lines.append(f"- {name}: at most {_most(limit)} ({source})")
    if channel.intent_source:
        takes = "text and link" if channel.takes_text else "no text we could rely on"
        source = _source(channel.intent_source, False)
        lines.append(f"- Its address takes {takes} ({source})")
    if isinstance(channel, Publisher):
        lines.append(f"- A repeat with the same key is safe {_safe(channel)}")
    for term in channel.terms:
        may = "yes" if term.allowed else "no"
        source = _source(term.source, term.common)
        lines.append(f"- {ABOUT[term.about]}: **{may}**. {term.words} ({source})")
    return "\n".join(lines) + "\n"


def _safe(channel: Publisher) -> str:
    if channel.sure:
        return "for ever; what the network shows settles any doubt"
    minutes = int(channel.repeat_safe.total_seconds() // 60)
    return f"for {minutes} minutes; after that the member is asked"


def _most(limit: Limit | None) -> str:
    return f"{limit.most:,} {limit.unit}" if limit else "-"


def _source(address: str, common: bool) -> str:
    return f"<{address}>, *common*" if common else f"<{address}>"


if __name__ == "__main__":
    import os
    import sys

    import django
    from django.utils.translation import override

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
    django.setup()
    with override("en"):
        sys.stdout.write(page())
