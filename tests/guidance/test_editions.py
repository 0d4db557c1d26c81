from datetime import timedelta

import pytest
from django.utils.timezone import now

from pesue.guidance.actions import editions
from pesue.guidance.models import Guideline, Looked
from pesue.guidance.queries import changes
from pesue.guidance.queries.overview import fitting
from tests.make import NOON
from tests.make.guidance import a_guideline
from tests.make.people import a_lead, a_member

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def test_what_is_taken_out_stays_to_be_read_and_can_come_back():
    guideline, lead = a_guideline("Tell it."), a_lead()
    editions.record(guideline, by=lead, now=NOON)
    assert not editions.record(guideline, by=lead, now=LATER)
    editions.take_out(guideline, by=lead, now=LATER)
    assert fitting([], None) == []
    editions.take_out(guideline, by=lead, now=LATER)
    editions.bring_back(guideline, by=lead, now=LATER + timedelta(hours=1))
    assert fitting([], None) == [guideline]
    told = [(c.edition.number, c.kind) for c in changes.history(guideline)]
    assert told == [(3, "back"), (2, "gone"), (1, "new")]


def test_only_what_changed_since_one_joined_or_looked_is_news():
    reader, lead = a_member(), a_lead()
    guideline = a_guideline("Tell it.")
    editions.record(guideline, by=lead, now=NOON - timedelta(days=9))
    assert changes.number_since(reader) == 0
    Guideline.objects.update(text="Tell it as you saw it.")
    guideline.refresh_from_db()
    editions.record(guideline, by=lead, now=LATER)
    assert changes.number_since(reader) == 1
    assert changes.number_since(lead) == 0  # one's own change is no news
    [change] = changes.since(reader)
    assert [p.text for p in change.parts[0][1] if p.mark] == ["it as you saw "]
    editions.know(reader, shown=LATER, now=LATER)
    assert changes.number_since(reader) == 0


@pytest.mark.django_db
def test_what_changed_while_one_read_is_still_new():
    reader, lead = a_member(), a_lead()
    guideline = a_guideline("Tell it.")
    editions.record(guideline, by=lead, now=LATER)
    opened = LATER - timedelta(minutes=1)
    editions.know(reader, shown=opened, now=LATER + timedelta(minutes=1))
    assert changes.number_since(reader) == 1
    editions.know(reader, shown=LATER + timedelta(days=9), now=LATER)  # no time ahead
    assert Looked.objects.get(member=reader).at == LATER
    editions.know(reader, shown=opened, now=LATER)  # an old page, pressed late
    assert changes.number_since(reader) == 0


@pytest.mark.django_db
def test_the_button_keeps_when_its_page_was_opened(client):
    reader, lead = a_member(), a_lead()
    client.force_login(reader)
    editions.record(a_guideline("Tell it."), by=lead, now=now())
    page = client.get("/guidance/changes")
    editions.record(a_guideline("Show it."), by=lead, now=now())
    client.post("/guidance/changes", {"shown": page.context["shown"]})
    assert [c.edition.text for c in changes.since(reader)] == ["Show it."]
    assert client.post("/guidance/changes", {"shown": "soon"}).status_code == 200
