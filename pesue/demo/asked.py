"""Questions to the owners of topics with their answers, and quiet days."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.demo.company import read
from pesue.demo.house import House
from pesue.guidance.actions import asks
from pesue.guidance.models import QuietPeriod


def ask(house: House, *, now: datetime) -> None:
    """The advocate has asked and was answered; somebody waits for the lead."""
    for entry in read("asked")["ask"]:
        topic = house.topics[entry["topic"]]
        lead_answers = entry["answers"] == "lead"
        owner = house.lead if lead_answers else topic.owners.order_by("name").first()
        askers = [m for m in house.people if m not in topic.owners.all()]
        asker = askers[entry["asker"] % len(askers)]
        if lead_answers:
            topic.owners.add(house.lead)
        at = now - timedelta(days=entry["days_ago"])
        made = asks.ask(asker, topic, entry["words"], draft=entry["draft"], now=at)
        if owner and entry["verdict"]:
            asks.answer(
                made,
                by=owner,
                verdict=entry["verdict"],
                words=entry["answer"],
                known_as=entry["known_as"],
                now=at + timedelta(hours=2),
            )


def be_quiet(house: House, *, now: datetime) -> None:
    """One period that flags now, and one that will lock."""
    for entry in read("asked")["quiet"]:
        starts = localdate(now) + timedelta(days=entry["from_day"])
        period = QuietPeriod.objects.create(
            name=entry["name"],
            kind=entry["kind"],
            why=entry["why"],
            starts=starts,
            ends=starts + timedelta(days=entry["days"]),
            effect=entry["effect"],
            finance=entry["finance"],
            forward=entry["finance"],
            contact=house.lead,
        )
        period.topics.set([house.topics[name] for name in entry["topics"]])
