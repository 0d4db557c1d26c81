"""The company before its first week: teams, people, and what guides them."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unicodedata import normalize

from pesue.demo.company import HERE, read
from pesue.guidance.actions import old
from pesue.guidance.actions import writing as guidance
from pesue.guidance.actions.editions import record
from pesue.guidance.models import Behaviour, Concept, Guideline, Topic, Value
from pesue.people.actions import first_run, grants, members
from pesue.people.models import Grant, Member, Organisation, Team

Part, Role = Member.Part, Grant.Role
PARTS = [
    *([Part.READER] * 58),
    *([Part.COMMENTER] * 12),
    *([Part.SHARER] * 19),
    *([Part.WRITER] * 7),
    *([Part.COACH] * 4),
]
ABSENT = 0.06  # of the people invited have not come in yet


@dataclass
class House:
    """What the weeks to come need to have at hand."""

    admin: Member
    advocate: Member
    lead: Member
    leader: Member
    people: list[Member] = field(default_factory=list)  # who came in, with all above
    topics: dict[str, Topic] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)


def found(chance: Random, people: int, began: datetime) -> House:
    """Create the organisation, its teams and `people` members."""
    company = read("house")
    admin = first_run.found(
        name=company["name"],
        language="fi",
        languages=["fi", "sv", "en"],
        admin_name="Petra Ahonen",
        email=f"petra.ahonen@{company['mail']}",
        password=secrets.token_urlsafe(24),  # nobody signs in with it
        now=began,
    )
    Organisation.objects.update(demo=True)
    teams = _teams(company["team"])
    maker = Maker(chance, company["mail"], began)
    galley, word = teams["Keittiö ja leipomo"], teams["Viestintä ja matkailu"]
    house = House(
        admin,
        maker.member("Aino Lehtonen", galley, "leipuri", part=Part.WRITER),
        maker.member("Johanna Nurmi", word, "viestintäpäällikkö", part=Part.COACH),
        maker.member("Kaarina Sjöblom", None, "toimitusjohtaja", part=Part.SHARER),
    )
    house.leader.leader = True
    house.leader.save(update_fields=["leader"])
    grants.give(house.lead, role=Role.LEAD, team=None)
    grants.give(house.lead, role=Role.CURATOR, team=None)
    house.people = [house.advocate, house.lead, house.leader]
    sizes = _sizes(company["team"], people - 4)
    for entry in company["team"]:
        for _ in range(sizes[entry["name"]]):
            member = maker.anyone(entry, teams[entry["name"]])
            if member.state == Member.State.ACTIVE:
                house.people.append(member)
    return house


def guide(house: House, chance: Random, began: datetime) -> None:
    """Values, topics with owners and followers, guidelines."""
    company = read("house")
    values = {}
    for position, entry in enumerate(company["value"]):
        value = Value.objects.create(
            name=entry["name"], meaning=entry["meaning"], position=position
        )
        Behaviour.objects.bulk_create(
            Behaviour(value=value, text=text) for text in entry["behaviours"]
        )
        values[value.name] = value
    for entry in company["topic"]:
        house.topics[entry["name"]] = _topic(house, entry)
    for member in house.people:
        guidance.follow(member, _topics_of(member, house, chance))
    for entry in company["guideline"]:
        _guideline(house, values, entry, began)
    _old(house, began)


class Maker:
    """Makes members with names of their own, invited and come in by the real ways."""

    def __init__(self, chance: Random, domain: str, began: datetime) -> None:
        self.chance, self.domain, self.began = chance, domain, began
        self.taken: set[str] = set()

    def anyone(self, entry: dict[str, Any], team: Team) -> Member:
        language = entry.get("language", "fi")
        if language == "fi" and self.chance.random() < 0.05:
            language = "sv"
        names = read("names")
        while True:
            first = self.chance.choice(names[f"{language}_first"])
            last = self.chance.choice(names[f"{language}_last"])
            if f"{first} {last}" not in self.taken:
                break
        return self.member(
            f"{first} {last}",
            team,
            self.chance.choice(entry["titles"]),
            part=self.chance.choice(PARTS),
            language="en" if self.chance.random() < 0.04 else language,
            absent=self.chance.random() < ABSENT,
        )

    def member(
        self,
        name: str,
        team: Team | None,
        title: str,
        *,
        part: str,
        language: str = "fi",
        absent: bool = False,
    ) -> Member:
        self.taken.add(name)
        email = f"{_plain(name)}@{self.domain}"
        member = members.expect(
            email=email, name=name, team=team, language=language, now=self.began
        )
        members.change(
            member,
            name=name,
            email=email,
            title=title,
            team=team,
            leader=False,
            now=self.began,
        )
        if not absent:
            came = self.began + timedelta(hours=self.chance.uniform(1, 90))
            members.join(member, name=name, language=language, password="", now=came)
            members.settle(member, name=name, language=language, part=part)
        return member


def _teams(entries: list[dict[str, Any]]) -> dict[str, Team]:
    teams: dict[str, Team] = {}
    for entry in entries:
        parent = teams[entry["under"]] if "under" in entry else None
        teams[entry["name"]] = Team.objects.create(name=entry["name"], parent=parent)
    return teams


def _sizes(entries: list[dict[str, Any]], people: int) -> dict[str, int]:
    """How many people each team has; together as many as there are."""
    whole, left, sizes = sum(entry["part"] for entry in entries), people, {}
    for entry in entries:
        sizes[entry["name"]] = min(left, people * entry["part"] // whole)
        left -= sizes[entry["name"]]
    largest = max(sizes, key=lambda name: sizes[name])
    sizes[largest] += left
    return sizes


def _topics_of(member: Member, house: House, chance: Random) -> list[Topic]:
    """That of one's own team, and what else one happens to like."""
    own = {
        entry["name"]
        for entry in read("house")["topic"]
        if member.team and member.team.name == entry["team"]
    }
    return [
        topic
        for name, topic in house.topics.items()
        if name in own or chance.random() < 0.25
    ]


def _topic(house: House, entry: dict[str, Any]) -> Topic:
    topic = Topic.objects.create(
        name=entry["name"], about=entry["about"], who=entry["who"]
    )
    near = [m for m in house.people if m.team and m.team.name == entry["team"]]
    topic.owners.set(near[: entry["owners"]] or [house.lead])
    return topic


def _guideline(
    house: House, values: dict[str, Value], entry: dict[str, Any], began: datetime
) -> None:
    words = {name: entry.get(name, "") for name in ("instead", "why", "example")}
    guideline = Guideline.objects.create(
        kind=entry["kind"],
        text=entry["text"],
        owner=house.lead,
        changed_at=began,
        **words,
    )
    guideline.values.add(values[entry["value"]])
    if "topic" in entry:
        guideline.topics.add(house.topics[entry["topic"]])
    record(guideline, by=house.lead, now=began)


def _old(house: House, began: datetime) -> None:
    """The guideline of before, half gone through."""
    text = (HERE / "old.md").read_text(encoding="utf-8")
    name = "Sosiaalisen median ohje 2014"
    made = old.take_in(f"{name}.md", text.encode(), by=house.lead, now=began)
    first = made.sentences.filter(label="dont")[:4].values_list("pk", flat=True)
    made.sentences.filter(pk__in=list(first)).update(decision="taken")


def _plain(name: str) -> str:
    """ "Maj-Len Öhman" as it stands in an address: maj-len.ohman."""
    bare = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return bare.lower().replace(" ", ".")
