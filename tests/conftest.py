"""What tests may ask for: real servers, a real browser, a whole running Pesue.

Each is started when the first test asks, and ended when the last has run.
"""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from tests.peers import started
from tests.peers.browsers import keep_picture, launched, listen
from tests.peers.fedify import Fedify
from tests.peers.live import LivePesue
from tests.peers.started import Mailbox, Mastodon, Pds

# How long an example takes says how busy the machine is, and nothing of the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests that share a server's state run in one process, one after another.

    Marked here, not when all are collected: by then xdist has read the groups.
    """
    asked = set(getattr(item, "fixturenames", ()))
    if "mastodon" in asked:
        item.add_marker(pytest.mark.xdist_group("mastodon"))
    elif "fediverse" in asked:
        item.add_marker(pytest.mark.xdist_group("fediverse"))
    elif "live_pesue" in asked:
        item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """With all pages loaded: what is first imported while a test has put something
    else in a function's place keeps that for every later test."""
    import_module(settings.ROOT_URLCONF)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # once, after all processes
        started.stop_ours()


@pytest.fixture(autouse=True)
def own_language() -> None:
    """A request leaves its language behind in the thread: not for the next test."""
    translation.deactivate()


@pytest.fixture(scope="session")
def mastodon_server() -> Mastodon:
    return Mastodon(**started.start("mastodon"))


@pytest.fixture
def mastodon(mastodon_server: Mastodon) -> Mastodon:
    mastodon_server.reset()
    return mastodon_server


@pytest.fixture(scope="session")
def fedify_server() -> Fedify:
    return Fedify(**started.start("fedify"))


@pytest.fixture
def fediverse(fedify_server: Fedify) -> Fedify:
    fedify_server.forget()
    return fedify_server


@pytest.fixture(scope="session")
def pds() -> Pds:
    facts = started.start("atproto")
    return Pds(facts["url"], facts["plc"], facts["ca"], facts["ca_key"])


@pytest.fixture(scope="session")
def mailbox() -> Mailbox:
    facts = started.start("mail")
    return Mailbox(facts["host"], facts["port"], Path(facts["box"]))


@pytest.fixture(scope="session")
def model() -> str:
    """The address of a server that answers as language models do, by rules."""
    url: str = started.start("fakellm")["url"]
    return url


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of a throw-away PostgreSQL, as DATABASE_URL wants it."""
    url: str = started.start("postgres")["url"]
    return url


@pytest.fixture(scope="module")
def live_pesue(
    tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox
) -> Iterator[LivePesue]:
    """One for all tests of a file, its mails in `mailbox`."""
    home = tmp_path_factory.mktemp("live")
    with LivePesue(home, PESUE_SMTP_URL=mailbox.url) as pesue:
        yield pesue


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, where Django then refuses the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page; its test fails when a script or the policy complains."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    said = listen(opened)
    failed = request.session.testsfailed
    yield opened
    if request.session.testsfailed > failed:
        keep_picture(opened, request.node.name[:80])
    context.close()
    assert not said, said
