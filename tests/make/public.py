"""Stories, people and concepts on the web."""

import json
import re
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate

from pesue.content.actions.stories import accept_story
from pesue.content.models import Story
from pesue.guidance.models import Concept
from pesue.people.models import Member
from tests.make import NOON
from tests.make.content import a_story
from tests.make.people import a_lead

SITE = "http://localhost:8000"
MINUTE = timedelta(minutes=1)


def told(author: Member, title: str = "A night at the oven", **fields: Any) -> Story:
    """A story on the web, each a minute later than the one before."""
    later = MINUTE * Story.objects.count()
    story = a_story(title, author=author, public=True, state="sent", **fields)
    accept_story(story, by=a_lead(), now=NOON + later)
    return story


def a_public_concept(**fields: Any) -> Concept:
    words = {"name": "Open ovens", "brief": "Come and smell.", "hashtag": "ovens"}
    days = {"starts": localdate(NOON), "ends": localdate(NOON)}
    seen = {"public": True, "was_public": True}
    return Concept.objects.create(**{**words, **days, **seen, **fields})


def data_of(answer: HttpResponse) -> dict:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode()
    )
    [text] = found
    return json.loads(text)
