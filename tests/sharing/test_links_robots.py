import time

import pytest
from crawlerdetect import CrawlerDetect

from pesue.sharing.clicks import robots

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) "
CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT}"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "

PREVIEWS = {
    "mastodon": "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/) Bot",
    "mastodon 4.2": "http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/)",
    "slack": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "slack pictures": "Slack-ImgProxy (+https://api.slack.com/robots)",
    "whatsapp": "WhatsApp/2.23.20.0 A",
    "whatsapp desktop": "WhatsApp/2.2445.7 W",
    "linkedin": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient "
    "+http://www.linkedin.com)",
    "facebook": "facebookexternalhit/1.1 "
    "(+http://www.facebook.com/externalhit_uatext.php)",
    "threads": "meta-externalagent/1.1 "
    "(+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "x": "Twitterbot/1.0",
    "bluesky": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "telegram": "TelegramBot (like TwitterBot)",
    "teams": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 "
    "skype-url-preview@microsoft.com",
    "teams and outlook": CHROME + "Chrome/110.0.0.0 Safari/537.36 Edg/110.0 "
    "MicrosoftPreview/2.0",
    "discord": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "imessage": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 "
    "(KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 "
    "Facebot Twitterbot/1.0",
    "misskey": "SummalyBot/5.1.0",
    "reddit": "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
}
ROBOTS = {
    "google": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "gpt": f"Mozilla/5.0 {WEBKIT}; compatible; GPTBot/1.1; +https://openai.com/gptbot",
    "curl": "curl/8.1",
    "requests": "python-requests/2.31",
    "headless": f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT}"
    "HeadlessChrome/120.0.0.0 Safari/537.36",
    "nothing said": "",
    "blank": "   ",
}
PEOPLE = [
    (CHROME + "Chrome/131.0.0.0 Safari/537.36", "computer", "none"),
    ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
     "computer", "none"),
    (IPHONE + "Version/17.5 Mobile/15E148 Safari/604.1", "phone", "none"),
    ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148",
     "tablet", "none"),
    ("Mozilla/5.0 (Linux; Android 13; SM-X700) Chrome/115.0.0.0 Safari/537.36",
     "tablet", "none"),
    ("Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) Chrome/120.0 Mobile Safari/537.36",
     "phone", "none"),
    (IPHONE + "Mobile/15E148 [LinkedInApp]/9.29.3", "phone", "linkedin"),
    (IPHONE + "Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.38.110;FBDV/iPhone14,5]",
     "phone", "facebook"),
    ("Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) Chrome/126.0 Mobile Safari/537.36 "
     "Instagram 340.0.0.22.109 Android", "phone", "instagram"),
    (IPHONE + "Mobile/15E148 Twitter for iPhone/10.50", "phone", "x"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
     "Slack_SSB/4.39.95 Chrome/126 Electron/31 Safari/537.36", "computer", "slack"),
    ("Opera/9.80 (J2ME/MIDP; Opera Mini/9)", "other", "none"),
]  # fmt: skip


@pytest.mark.parametrize("said", PREVIEWS.values(), ids=PREVIEWS)
def test_makers_of_previews_are_known(said):
    assert robots.agent(said).kind == robots.PREVIEW


@pytest.mark.parametrize("said", ROBOTS.values(), ids=ROBOTS)
def test_robots_are_known(said):
    assert robots.agent(said).kind == robots.ROBOT


@pytest.mark.parametrize(("said", "device", "app"), PEOPLE)
def test_people_stay_people(said, device, app):
    assert robots.agent(said) == (robots.PERSON, device, app)


@pytest.mark.parametrize(
    ("method", "headers", "kind"),
    [
        ("GET", {}, robots.PERSON),
        ("HEAD", {}, robots.HEAD),
        ("GET", {"sec-purpose": "prefetch;prerender"}, robots.PREFETCH),
        ("GET", {"sec-purpose": "prefetch"}, robots.PREFETCH),
        ("GET", {"purpose": "prefetch"}, robots.PREFETCH),
        ("GET", {"x-moz": "prefetch"}, robots.PREFETCH),
        ("GET", {"x-purpose": "preview"}, robots.PREFETCH),
        ("GET", {"purpose": "reading"}, robots.PERSON),
    ],
)
def test_a_browser_that_only_guesses_is_no_person(method, headers, kind):
    found = robots.agent(PEOPLE[0][0])
    assert robots.kind_of(method, headers, found) == kind


def test_a_preview_stays_a_preview_by_head():
    found = robots.agent(PREVIEWS["slack"])
    assert robots.kind_of("HEAD", {}, found) == robots.PREVIEW


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        (None, "none"),
        ("", "none"),
        ("https://www.linkedin.com/feed/", "linkedin"),
        ("https://fi.linkedin.com", "linkedin"),
        ("https://lnkd.in/abc", "linkedin"),
        ("android-app://com.linkedin.android/", "linkedin"),
        ("https://t.co/xyz", "x"),
        ("https://X.com:443/", "x"),
        ("https://lm.facebook.com/l.php?u=1", "facebook"),
        ("https://user:linkedin.com@evil.example/", "other"),
        ("https://evil.example/linkedin.com", "other"),
        ("https://notlinkedin.com/", "other"),
        ("https://mail.google.com/", "mail"),
        ("https://www.google.com/", "search"),
        ("https://statics.teams.cdn.office.net/", "teams"),
        ("not an address\x1f\n", "other"),
        ("https://" + "a." * 5000 + "fi/", "other"),
    ],
)
def test_of_a_referrer_only_the_network_is_kept(referrer, source):
    found = robots.agent(PEOPLE[0][0])
    assert robots.source_of(referrer, found) == source


def test_an_app_tells_where_one_was_when_the_referrer_does_not():
    found = robots.agent(IPHONE + "Mobile/15E148 [LinkedInApp]/9.29.3")
    assert robots.source_of(None, found) == "linkedin"
    assert robots.source_of("https://bsky.app/", found) == "bluesky"


def test_every_word_we_may_store_fits_its_column():
    from pesue.sharing.models import Visit

    longest = Visit._meta.get_field("source").max_length
    assert all(len(name) <= longest for name in [*robots.SOURCES, "other", "none"])


@pytest.mark.parametrize("letters", ["M", "a-", "1/", ". ", "bot!"[:2]])
def test_an_agent_made_to_be_slow_is_not(letters):
    began = time.perf_counter()
    for n in range(100):
        robots.agent(f"{n}{letters * 200}"[: robots.LONGEST_AGENT])
    assert time.perf_counter() - began < 2  # Python's own re: more than ten


def test_the_list_is_read_as_its_makers_read_it():
    theirs = CrawlerDetect()
    for said in [*PREVIEWS.values(), *ROBOTS.values(), *(p[0] for p in PEOPLE)]:
        ours = robots._crawlers.found_in(robots._ordinary.taken_from(said.strip()))
        assert ours == theirs.is_crawler(said), said
    assert robots._crawlers.found_in("YandexRenderResources")
    assert not robots._crawlers.found_in("YandexSearch/7")
