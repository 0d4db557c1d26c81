"""The company's fact cards, put into the library by the real ways."""

from datetime import date, datetime
from pathlib import Path

from pesue.content.actions.items import Card, accept, add_item, save_item
from pesue.content.actions.pictures import store_picture
from pesue.content.models import Item, Picture
from pesue.demo.company import Story, read
from pesue.demo.house import House

PICTURES = Path(__file__).parent / "pictures"


class Library:
    def __init__(self, house: House) -> None:
        self.house = house
        self._pictures: dict[str, Picture] = {}

    def add(self, story: Story, *, owner_of: str, now: datetime, until: date) -> Item:
        """A card written, looked over and taken into the library."""
        company = read("house")
        topic = self.house.topics[owner_of]
        item = Item(
            title=story.title,
            summary=story.summary,
            url=f"https://{company['mail']}/jutut/{story.slug}",
            site=company["mail"],
            language=story.language,
            concept=self.house.concepts.get(story.concept),
            valid_until=until,
        )
        starters = [(story.language, text, False) for text in story.starters]
        if story.whole:
            starters.append((story.language, story.whole, True))
        picture = self.picture(story.picture)
        card = Card(
            edition=0,
            owner=topic.owners.first(),
            picture=picture,
            picture_alt=picture.alt,
            picture_people=picture.people,
            topics=[topic],
            audience=[],
            questions={story.language: story.questions} if story.questions else {},
            starters=starters,
        )
        save_item(item, card, now=now)
        accept(item, now=now)
        return item

    def suggestions(self, *, now: datetime) -> None:
        """What waits on the desk this week."""
        waiting = read("house")["waiting"]
        for member, idea in zip(self.house.people[3:], waiting, strict=False):
            add_item(
                now=now,
                title=idea["title"],
                summary=idea["summary"],
                suggested_by=member,
                team=member.team,
                language="fi",
            )

    def picture(self, name: str) -> Picture:
        if name not in self._pictures:
            source = (PICTURES / f"{name}.webp").read_bytes()
            alt = read("pictures")[name]
            self._pictures[name] = store_picture(
                source,
                alt=alt,
                people="nobody",  # drawn: nobody is meant
            )
        return self._pictures[name]
