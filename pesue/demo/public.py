"""What everybody may read: stories, and pages of those who want one, by the real
actions."""

from datetime import datetime, timedelta
from typing import Any

from pesue.content.actions import stories
from pesue.content.actions.pictures import store_picture
from pesue.content.models import Picture
from pesue.demo.company import read
from pesue.demo.house import House
from pesue.demo.library import PICTURES
from pesue.doors.actions import actors
from pesue.example.actions.own_page import Wanted, keep
from pesue.people.models import Member

DAY = timedelta(days=1)
OPEN = "lainassa"  # the concept whose lead shows its page


def be_public(house: House, *, now: datetime) -> None:
    told = read("public")
    for entry in told["story"]:
        author = _of(house, entry["team"])
        if author:
            _story(house, author, entry, now - entry["days_ago"] * DAY)
    for entry in told["page"]:
        member = _of(house, entry["team"])
        if member:
            slug = member.email.partition("@")[0].replace(".", "-")
            wanted = Wanted(True, slug, entry["about"], True, True, [], [])
            keep(member, wanted, now=now - 30 * DAY)
    actors.open_house("tarinat", now=now - 30 * DAY)
    concept = house.concepts[OPEN]
    concept.public = concept.was_public = True
    concept.save(update_fields=["public", "was_public"])


def _of(house: House, team: str) -> Member | None:
    """The first of a team; a small company has not somebody in each."""
    found = (one for one in house.people if one.team and one.team.name == team)
    return next(found, None)


def _story(house: House, author: Member, entry: dict[str, Any], at: datetime) -> None:
    """Written with its picture, and accepted by the lead the day after."""
    story = stories.begin_story(author, title=entry["title"], now=at)
    name = entry["picture"]
    nobody = Picture.People.NOBODY
    picture = store_picture(
        (PICTURES / f"{name}.webp").read_bytes(),
        alt=read("pictures")[name],
        by=author,
        story=story,
        people=nobody,  # drawn
    )
    words = stories.Words(
        title=story.title,
        text=entry["text"].strip(),
        language=entry.get("language", "fi"),
        public=True,
        pictures={picture.pk: (picture.alt, nobody)},
        video_alt="",
        concept=house.concepts.get(entry.get("concept", "")),
    )
    stories.save_story(story, words, edition=story.edition)
    stories.send(story, now=at)
    stories.accept_story(story, by=house.lead, now=at + DAY)
