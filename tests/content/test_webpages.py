from time import monotonic

import pytest

from pesue.content.canonical import canonical, url_key
from pesue.content.webpages import decoded, feed_in, read_page, with_oembed

URL = "https://news.example.org/2026/rye?utm_source=x"


def html(head: str, body: str = "", lang: str = "fi-FI") -> bytes:
    return (
        f"<!doctype html><html lang='{lang}'><head>{head}</head>"
        f"<body>{body}</body></html>"
    ).encode()


def test_opengraph_first() -> None:
    page = read_page(
        html(
            "<title>Rye | News</title>"
            '<meta property="og:title" content="Rye &amp; oats">'
            '<meta property="og:description" content="Baked at four.">'
            '<meta property="og:image" content="/p.jpg">'
            '<meta property="og:image:alt" content="Rye bread">'
            '<meta property="og:site_name" content="Newsroom">'
            '<link rel="canonical" href="https://news.example.org/2026/rye">',
            "<nav>Menu</nav><article><p>All the words.</p><script>x</script></article>",
        ),
        url=URL,
    )
    assert (page.title, page.summary) == ("Rye & oats", "Baked at four.")
    assert page.picture_url == "https://news.example.org/p.jpg"
    assert (page.picture_alt, page.site, page.language) == (
        "Rye bread",
        "Newsroom",
        "fi",
    )
    assert (page.url, page.text) == (
        "https://news.example.org/2026/rye",
        "All the words.",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="twitter:title" content="Rye"><meta name="twitter:description" '
        'content="Baked."><meta name="twitter:image" content="https://e.org/p.jpg">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rye",'
        '"description": "Baked.", "image": {"url": "https://e.org/p.jpg"}}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
        '{"headline": "Rye", "description": "Baked.", "image": ["https://e.org/p.jpg"]}'
        "]}</script>",
        '<script type="application/ld+json">{broken</script><title>Rye</title>'
        '<meta name="description" content="Baked.">'
        '<meta property="og:image" content="//e.org/p.jpg">',
    ],
)
def test_other_ways_to_say_it(head: str) -> None:
    page = read_page(html(head), url=URL)
    assert (page.title, page.summary) == ("Rye", "Baked.")
    assert page.picture_url == "https://e.org/p.jpg"


def test_a_page_that_says_nothing_about_itself() -> None:
    page = read_page(html("", "<h1>Rye</h1><p>Words</p>", lang=""), url=URL)
    assert (page.title, page.summary, page.language) == ("Rye", "", "")
    assert page.url == "https://news.example.org/2026/rye"
    assert read_page(b"", url=URL).title == ""


def test_another_site_cannot_claim_the_page() -> None:
    head = '<link rel="canonical" href="https://elsewhere.example.com/x">'
    assert read_page(html(head), url=URL).url == "https://news.example.org/2026/rye"


def test_oembed_fills_only_what_is_empty() -> None:
    head = (
        "<title>Mine</title><link rel='alternate' type='application/json+oembed' "
        "href='/oembed?x=1'>"
    )
    page = read_page(html(head), url=URL)
    assert page.oembed_url == "https://news.example.org/oembed?x=1"
    answer = (
        b'{"type": "video", "title": "Theirs", "provider_name": "Tube", '
        b'"thumbnail_url": "https://e.org/t.jpg"}'
    )
    full = with_oembed(page, answer, page.oembed_url)
    assert (full.title, full.site) == ("Mine", "Tube")
    assert full.picture_url == "https://e.org/t.jpg"
    for wrong in (b"", b"[]", b'{"title": {"a": 1}, "thumbnail_url": 4}', b"[" * 9999):
        assert with_oembed(page, wrong, URL).title == "Mine"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<title>Yö</title>".encode(), ""),
        ("<meta charset=windows-1252><title>Yö</title>".encode("cp1252"), ""),
        ("<title>Yö</title>".encode("cp1252"), "iso-8859-1"),
        ("<title>Yö</title>".encode("cp1252"), "utf-8"),
        ("<title>Yö</title>".encode("cp1252"), "no-such-charset"),
        ("<title>Yö</title>".encode("utf-16"), ""),
    ],
)
def test_encodings(body: bytes, charset: str) -> None:
    assert read_page(body, url=URL, charset=charset).title == "Yö"


def test_script_in_what_it_says() -> None:
    head = '<meta property="og:title" content="&lt;script&gt;x&lt;/script&gt;Rye">'
    assert read_page(html(head), url=URL).title == "Rye"
    bad = '<meta property="og:image" content="javascript:alert(1)">'
    assert read_page(html(bad), url=URL).picture_url == ""


def test_the_feed_of_a_page() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert feed_in(html(head), url=URL) == "https://news.example.org/feed"
    assert feed_in(html("<title>none</title>"), url=URL) == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            "https://Example.org:443/a?utm_medium=x&b=1&gclid=2#top",
            "https://example.org/a?b=1",
        ),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a b/ä", "https://example.org/a%20b/%C3%A4"),
        ("https://example.org/?q=a+b&x=%C3%A4", "https://example.org/?q=a+b&x=%C3%A4"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("", ""),
        ("https://[::1", ""),
        ("https://example.org:99999999/", ""),
        ("https://example.org/" + "x" * 2000, ""),
    ],
)
def test_canonical(given: str, kept: str) -> None:
    assert canonical(given) == kept
    assert canonical(kept) == kept, "its own form"


def test_one_article_under_several_addresses() -> None:
    same = {
        url_key(address)
        for address in (
            "http://www.example.org/rye/",
            "https://example.org/rye",
            "https://example.org/rye?utm_campaign=spring#comments",
        )
    }
    assert len(same) == 1
    assert url_key("https://example.org/rye?page=2") not in same


def test_no_page_names_an_encoding_that_keeps_us_busy() -> None:
    """Punycode is quadratic: 5 MB of it would hold a worker for minutes."""
    body = b"<meta charset=punycode><title>Rye</title>" + b"a" * 3_000_000
    began = monotonic()
    assert "Rye" in decoded(body, "")
    assert "Rye" in decoded(body, "Punycode")
    assert monotonic() - began < 5
