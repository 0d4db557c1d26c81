"""Reading the page, or the picture, that an item still lacks."""

from datetime import datetime, timedelta
from typing import Any

from pesue.content.actions.items import fill
from pesue.content.actions.pictures import fetch_picture
from pesue.content.actions.refusals import CannotUse
from pesue.content.models import Item, Reading
from pesue.content.webpages import Page, read_page, with_oembed
from pesue.foundation.http import MEGABYTE, Unfetchable, fetch
from pesue.foundation.moves import LostRace

HTML = ("text/html", "application/xhtml+xml")
MOST_TRIES = 3
State = Reading.State


def page_at(url: str, *, seconds: float = 15) -> Page:
    """What the page at `url` says about itself. Raises Unfetchable."""
    found = fetch(url, accept=HTML, most_bytes=5 * MEGABYTE, seconds=seconds)
    page = read_page(found.body, url=found.url, charset=found.charset)
    if page.oembed_url and not (page.title and page.picture_url):
        page = _asked_oembed(page)
    return page


def _asked_oembed(page: Page) -> Page:
    try:
        answer = fetch(page.oembed_url, most_bytes=MEGABYTE // 4, seconds=8)
    except Unfetchable:
        return page  # it only fills what is empty
    return with_oembed(page, answer.body, answer.url)


def read_for(reading: Reading, *, now: datetime) -> None:
    """Read what an item waits for; twice more, later, if it fails."""
    try:
        reading.move(State.READING, now=now)
    except LostRace:
        return
    try:
        trouble = _filled(reading.item, reading)
    except Unfetchable as error:
        _failed(reading, error, now=now)
    else:
        also = {"reason": "", "about": {}}
        if trouble:
            also = {"reason": trouble.reason, "about": trouble.about}
        reading.move(State.DONE, now=now, **also)


def _filled(item: Item, reading: Reading) -> Unfetchable | CannotUse | None:
    """Fill the item. Returns why its picture could not be had, if so."""
    found: dict[str, Any] = {}
    address, alt = reading.picture_url, reading.picture_alt
    if item.url and not (address and item.summary):
        page = page_at(item.url)
        address, alt = address or page.picture_url, alt or page.picture_alt
        found = {
            "title": page.title,
            "summary": page.summary,
            "text": page.text,
            "site": page.site,
        }
    trouble = None
    if address and not item.picture_id:
        try:
            found["picture"] = fetch_picture(address, alt=alt)
        except (Unfetchable, CannotUse) as error:
            trouble = error
    fill(item.pk, found)
    return trouble


def _failed(reading: Reading, error: Unfetchable, *, now: datetime) -> None:
    tries = reading.tries + 1
    wait = max(timedelta(hours=1) * 2**tries, error.wait or timedelta(0))
    reading.move(
        State.FAILED if tries >= MOST_TRIES else State.WAITING,
        now=now,
        tries=tries,
        next_at=now + wait,
        reason=error.reason,
        about=error.about,
    )
