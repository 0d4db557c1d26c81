"""What the company tells together: begun from the package's ready-made beginnings."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from pesue.content.actions.pictures import store_picture
from pesue.content.models import Picture
from pesue.demo.company import read
from pesue.demo.house import House
from pesue.demo.library import PICTURES
from pesue.guidance.models import Concept, Prompt, Value
from pesue.guidance.patterns import patterns


def tell_together(house: House, began: datetime) -> None:
    """Concepts: one that has ended, with what was learned, and those that run."""
    for entry in read("house")["concept"]:
        house.concepts[entry["key"]] = _concept(house, entry, began)


def _concept(house: House, entry: dict[str, Any], began: datetime) -> Concept:
    ready = patterns("fi")[entry["pattern"]]
    starts = localdate(began) + timedelta(weeks=entry["from_week"])
    concept = Concept.objects.create(
        name=entry["name"],
        brief=entry["brief"],
        hashtag=entry["hashtag"].lstrip("#"),
        starts=starts,
        ends=starts + timedelta(weeks=entry["weeks"]),
        pattern=ready.key,
        channels=list(ready.channels),
        sheet=ready.sheet.strip(),
        learned=entry.get("learned", ""),
    )
    concept.values.add(Value.objects.get(name=entry["value"]))
    concept.leads.add(house.advocate)
    Prompt.objects.bulk_create(
        Prompt(concept=concept, language=code, text=text)
        for code, _name in settings.LANGUAGES
        for text in patterns(code)[ready.key].prompts
    )
    for name in entry.get("pictures", []):
        store_picture(
            (PICTURES / f"{name}.webp").read_bytes(),
            alt=read("pictures")[name],
            by=house.advocate,
            concept=concept,
            people=Picture.People.NOBODY,
        )
    return concept
