"""Feeds in every dialect, well made and not, as read_feed reads them."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.content.feeds import MOST_ENTRIES, Entry, Feed, NoFeed, read_feed
from tests.make import NOON
from tests.make.content import a_feed, an_entry

URL = "https://news.example.org/feed"
ATOM = "http://www.w3.org/2005/Atom"
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'


def read(body: bytes | str, **about: str) -> Feed:
    source = body if isinstance(body, bytes) else body.encode()
    return read_feed(source, **{"url": URL, **about}, now=NOON)


def only(body: bytes | str, **about: str) -> Entry:
    (entry,) = read(body, **about).entries
    return entry


def rss(
    item: str, channel: str = "", attributes: str = "", version: str = "2.0"
) -> str:
    return (
        f'<?xml version="1.0"?><rss version="{version}" {attributes}><channel>'
        f"<title>Newsroom</title>{channel}<item>{item}</item></channel></rss>"
    )


NEWS = (
    "<title>Rye &amp; oats</title><link>https://example.org/rye</link>"
    "<description>Baked at four.</description>"
)
DIALECTS = {
    "rss 0.91": rss(NEWS, version="0.91"),
    "rss 0.92": rss(NEWS, version="0.92"),
    "rss 2.0": rss(NEWS + "<guid>https://example.org/rye</guid>"),
    "rss without a version": rss(NEWS).replace(' version="2.0"', "", 1),
    "rss 1.0": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://example.org/">'
        '<title>Newsroom</title></channel><item rdf:about="https://example.org/rye">'
        f"{NEWS}</item></rdf:RDF>"
    ),
    "atom 0.3": (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Newsroom</title>'
        "<entry><title>Rye &amp; oats</title><summary>Baked at four.</summary>"
        '<link rel="alternate" type="text/html" href="https://example.org/rye"/>'
        "<id>tag:example.org,2026:rye</id></entry></feed>"
    ),
    "atom 1.0": (
        f'<feed xmlns="{ATOM}"><title>Newsroom</title><entry>'
        '<title type="html">Rye &amp;amp; oats</title><id>urn:rye</id>'
        '<link href="https://example.org/rye"/><summary>Baked at four.</summary>'
        "</entry></feed>"
    ),
    "atom with a prefix": (
        f'<a:feed xmlns:a="{ATOM}"><a:title>Newsroom</a:title><a:entry>'
        "<a:title>Rye &amp; oats</a:title><a:id>urn:rye</a:id>"
        '<a:link href="https://example.org/rye"/>'
        "<a:summary>Baked at four.</a:summary></a:entry></a:feed>"
    ),
    "cdata": rss(
        "<title><![CDATA[Rye & oats]]></title><link>https://example.org/rye</link>"
        "<description><![CDATA[<p>Baked at <b>four</b>.</p>]]></description>"
    ),
    "content:encoded only": rss(
        "<title>Rye &amp; oats</title><link>https://example.org/rye</link>"
        "<content:encoded><![CDATA[<p>Baked at four.</p>]]></content:encoded>",
        attributes='xmlns:content="http://purl.org/rss/1.0/modules/content/"',
    ),
    "relative link": rss(NEWS.replace("https://example.org/rye", "/rye")).replace(
        "<channel>", '<channel xml:base="https://example.org/">'
    ),
    "tracked link": rss(NEWS.replace("/rye", "/rye?utm_source=rss&amp;fbclid=1#top")),
    "bare ampersand": rss(NEWS.replace("&amp;", "&")),
    "html entity": rss(NEWS.replace("&amp;", "&#38;").replace("four", "f&ouml;ur")),
    "unclosed": rss(NEWS).replace("</channel></rss>", ""),
    "junk before": "\n\n  " + rss(NEWS),
    "junk after": rss(NEWS) + "<script>x</script>",
    "upper case": rss(NEWS).replace("<item>", "<ITEM>").replace("</item>", "</ITEM>"),
    "json feed 1": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1",
            "title": "Newsroom",
            "items": [
                {
                    "id": "rye",
                    "url": "https://example.org/rye",
                    "title": "Rye & oats",
                    "content_text": "Baked at four.",
                }
            ],
        }
    ),
    "json feed 1.1": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Newsroom",
            "language": "en",
            "items": [
                {
                    "id": 17,
                    "external_url": "https://example.org/rye",
                    "title": "Rye & oats",
                    "content_html": "<p>Baked at four.</p>",
                }
            ],
        }
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_one_story_in_every_dialect(dialect: str) -> None:
    feed = read(DIALECTS[dialect])
    (entry,) = feed.entries
    assert (feed.title, entry.title) == ("Newsroom", "Rye & oats")
    assert entry.url == "https://example.org/rye"
    assert entry.summary.replace("föur", "four") == "Baked at four."
    assert entry.key
    assert read(DIALECTS[dialect]).entries[0].key == entry.key, "the same every time"


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("windows-1252", ""),
        ("iso-8859-15", ""),
        ("utf-16", ""),
        ("utf-16-le", "utf-16-le"),
        ("windows-1252", "utf-8"),  # the header lies
    ],
)
def test_encodings(encoding: str, header: str) -> None:
    declared = encoding.replace("-sig", "")
    text = rss("<title>Pääsiäinen, påsk ja šakki €</title><guid>1</guid>")
    text = text.replace(
        '?xml version="1.0"', f'?xml version="1.0" encoding="{declared}"'
    )
    body = text.encode(encoding, "xmlcharrefreplace")
    assert only(body, charset=header).title == "Pääsiäinen, påsk ja šakki €"


def test_windows_1252_that_says_it_is_utf_8_is_read_and_told() -> None:
    body = rss("<title>Pääsiäinen</title><guid>1</guid>").encode("cp1252")
    feed = read(body)
    assert feed.entries[0].title == "Pääsiäinen"


def test_what_only_some_feeds_have() -> None:
    no_guid = only(rss(NEWS))
    assert no_guid.key == "https://example.org/rye"
    no_title = only(rss("<guid>1</guid><description>Only words here.</description>"))
    assert no_title.title == "Only words here."
    no_link = only(rss("<title>x</title><guid isPermaLink='false'>1</guid>"))
    assert (no_link.url, no_link.key) == ("", "1")
    permalink = only(rss("<title>x</title><guid>https://example.org/p</guid>"))
    assert permalink.url == "https://example.org/p"
    assert read(rss("<title>nothing to know it by</title>")).entries == []


@pytest.mark.parametrize(
    ("parts", "attributes"),
    [
        (
            '<media:content url="/s.jpg" width="100" medium="image"/><media:content '
            'url="/p.jpg" width="1200" medium="image"/>',
            MEDIA,
        ),
        (
            '<media:group><media:content url="/p.jpg" medium="image"/></media:group>',
            MEDIA,
        ),
        ('<media:thumbnail url="/p.jpg"/>', MEDIA),
        ('<enclosure url="/p.jpg" type="image/jpeg" length="9"/>', ""),
        ("<description>&lt;img src='/p.jpg' alt='Rye'&gt; words</description>", ""),
        (
            "<description>&lt;img width=1 height=1 src='/count.gif'&gt;"
            "&lt;img src=/p.jpg&gt;</description>",
            "",
        ),
        (
            '<enclosure url="/talk.mp3" type="audio/mpeg" length="9"/>'
            '<itunes:image href="/p.jpg"/>',
            ITUNES,
        ),
    ],
)
def test_pictures(parts: str, attributes: str) -> None:
    entry = only(rss(f"<title>x</title><guid>1</guid>{parts}", attributes=attributes))
    assert entry.picture_url == "https://news.example.org/p.jpg"


def test_a_podcast_without_a_page_links_to_its_sound() -> None:
    sound = '<enclosure url="https://example.org/1.mp3" type="audio/mpeg" length="1"/>'
    entry = only(rss(f"<title>Talk</title><guid isPermaLink='false'>a</guid>{sound}"))
    assert (entry.url, entry.picture_url) == ("https://example.org/1.mp3", "")


@pytest.mark.parametrize(
    ("date", "read_as"),
    [
        ("Sun, 01 Mar 2026 08:00:00 GMT", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("Sun, 01 Mar 2026 10:00:00 +0200", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("2026-03-01T08:00:00Z", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("Mon, 01 Jan 2035 00:00:00 GMT", None),  # still to come
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),  # a forgotten clock
        ("32 Nonsember 20026", None),
        ("9999-12-31T23:59:59Z", None),
        ("", None),
    ],
)
def test_dates(date: str, read_as: datetime | None) -> None:
    entry = only(rss(f"<title>x</title><guid>1</guid><pubDate>{date}</pubDate>"))
    assert entry.published == read_as


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>Words",
        "<img src=x onerror=alert(1)>Words",
        "<style>p{}</style><p onclick='x()'>Words</p>",
        "<svg><script>alert(1)</script></svg>Words",
        "<a href='javascript:alert(1)'>Words</a>",
        "Wo\u202erds".replace("\u202e", "") + "\x00",
    ],
)
def test_script_and_signs_that_do_not_print_are_gone(html: str) -> None:
    escaped = html.replace("&", "&amp;").replace("<", "&lt;")
    item = f"<title>{escaped}</title><guid>1</guid><description>{escaped}</description>"
    entry = only(rss(item))
    assert (entry.title, entry.summary) == ("Words", "Words")


def test_words_about_tags_stay_words() -> None:
    items = [{"id": "1", "title": "Use <b> & co", "content_text": "a < b"}]
    body = {"version": "https://jsonfeed.org/version/1", "items": items}
    entry = only(json.dumps(body))
    assert (entry.title, entry.summary) == ("Use <b> & co", "a < b")


def timed(body: bytes | str, seconds: float = 5) -> Feed:
    began = time.process_time()
    feed = read(body)
    assert time.process_time() - began < seconds
    return feed


@pytest.mark.thorough
def test_bombs() -> None:
    laughs = "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    bomb = f'<!DOCTYPE r [<!ENTITY a "lol">{laughs}]>' + rss(
        "<title>&j;</title><guid>1</guid>"
    )
    assert len(timed(bomb.replace('<?xml version="1.0"?>', "")).entries[0].title) < 201
    deep = rss("<title>x</title><guid>1</guid>" + "<b>" * 50_000)
    timed(deep)


def test_no_file_of_ours_is_read() -> None:
    outside = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss version='2.0'><channel><item><title>&x;</title><guid>1</guid>"
        "<description>&x;</description></item></channel></rss>"
    )
    entry = only(outside)
    assert "root:" not in entry.title + entry.summary


def test_ten_megabytes_of_title() -> None:
    entry = timed(rss(f"<title>{'long ' * 2_000_000}</title><guid>1</guid>")).entries[0]
    assert len(entry.title) <= 200
    assert entry.title.endswith("…")


@pytest.mark.parametrize("kind", ["rss", "atom", "rdf"])
def test_a_hundred_thousand_entries_are_cut_and_told(kind: str) -> None:
    if kind == "rss":
        body = a_feed(*(f"<title>{n}</title><guid>{n}</guid>" for n in range(100_000)))
    elif kind == "atom":
        entries = "".join(
            f"<entry><title>{n}</title><id>{n}</id></entry>" for n in range(100_000)
        )
        body = f'<feed xmlns="{ATOM}"><title>Newsroom</title>{entries}</feed>'.encode()
    else:
        entries = "".join(
            f"<item rdf:about='https://example.org/{n}'><title>{n}</title>"
            f"<link>https://example.org/{n}</link></item>"
            for n in range(100_000)
        )
        body = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            f'xmlns="http://purl.org/rss/1.0/"><channel/>{entries}</rdf:RDF>'
        ).encode()
    feed = timed(body, seconds=2)
    assert (len(feed.entries), feed.note) == (MOST_ENTRIES, "cut feed")
    assert feed.entries[-1].title == str(MOST_ENTRIES - 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><html><head><title>Page</title></head><body>Hi</body></html>",
        b"just words",
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}',
        b'{"items": []}',
        b"{" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        b"http://127.0.0.1/feed",
        b"/etc/passwd",
    ],
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(NoFeed):
        read(body)


def test_json_of_odd_types_takes_nothing_along() -> None:
    items = [
        None,
        3,
        {"id": None},
        {"id": ["x"]},
        {"id": "1", "title": {"a": 1}, "url": 5},
    ]
    body = {"version": "https://jsonfeed.org/version/1", "title": [], "items": items}
    feed = read(json.dumps(body))
    assert ([entry.key for entry in feed.entries], feed.note) == (["1"], "crooked feed")


def test_mistakes_are_told() -> None:
    assert read(rss(NEWS)).note == ""
    assert read(DIALECTS["unclosed"]).note == "crooked feed"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 700))
def test_spoiled_bytes_make_a_feed_or_no_feed(noise: bytes, place: int) -> None:
    whole = a_feed(an_entry(1), an_entry(2))
    try:
        feed = read(whole[:place] + noise + whole[place:])
    except NoFeed:
        return
    assert all(entry.key and len(entry.title) <= 200 for entry in feed.entries)


def test_no_feed_names_an_encoding_that_keeps_us_busy() -> None:
    xml = b"<?xml version='1.0' encoding='-punycode'?><rss version='2.0'></rss>"
    for charset in ("", "punycode"):
        with pytest.raises(NoFeed):
            read_feed(xml, url="https://example.org/", charset=charset, now=NOON)
    with pytest.raises(NoFeed):
        read_feed(xml[39:], url="https://x.example/", charset="PunyCode", now=NOON)
