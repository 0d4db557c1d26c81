"""Awards in the browser's words: a whole journey, and who may not."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import localdate, now
from PIL import Image

from pesue.encouragement import steps
from pesue.encouragement.actions.awards import Dates
from pesue.encouragement.award_card import FOOT, SHAPES, Honour, drawn, high_of, laid
from pesue.encouragement.models import AwardNominee, AwardRound, Nomination, Win
from tests.make.awards import (
    LONG_AGO,
    a_member,
    a_team,
    an_award_round,
    called,
    category,
    colleagues,
    standing,
)
from tests.make.content import a_story
from tests.make.guidance import a_value
from tests.make.people import a_lead, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
State = AwardRound.State
HOME = "/encouragement/awards"


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.DATA = tmp_path
    an_organisation()
    with translation.override("en"):
        yield


def seen_by(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def press_next(lead: Client, home: str) -> str:
    return lead.post(f"{home}/next", follow=True).content.decode()


def test_from_the_template_to_the_certificate():
    value = a_value("Courage")
    people = colleagues(10, language="en")
    lead = seen_by(a_lead(language="en"))
    assert "Employee of the month" in lead.get(f"{HOME}/new").content.decode()
    home = lead.post(f"{HOME}/new/month")["Location"].removesuffix("/run")
    assert "Call for nominations now" in lead.get(f"{home}/run").content.decode()
    assert seen_by(people[0]).get(home).status_code == 404, "it is not called yet"
    press_next(lead, home)
    for by, member in ((people[2], people[0]), (people[3], people[1])):
        named(home, by, member, value.pk)
    for juror in people[4:6]:
        said = lead.post(f"{home}/jurors", {"who": juror.email}, follow=True)
        assert f"{juror.name} is in the jury." in said.content.decode()
    press_next(lead, home)
    for juror in people[4:6]:
        judged(home, juror, best=_nominee(people[0]))
    press_next(lead, home)
    steps.open_votes(now())
    codes = [code_of(home, voter, people[0]) for voter in people[:8]]
    assert len(set(codes)) == 8
    assert "8 of 11 have voted so far" in lead.get(f"{home}/run").content.decode()
    assert "being counted" in press_next(lead, home)
    steps.count_votes(now())
    mine = chosen_by(people[0], people[1])
    assert "a day to choose" in press_next(lead, home)
    AwardRound.objects.update(decided_at=now() - timedelta(days=1))
    press_next(lead, home)
    everybody_reads(home, people, codes)
    the_winner_takes(mine, people[0])


def named(home: str, by, member, value: int) -> None:
    """Somebody looks for a colleague and names them; they say yes."""
    client, words = seen_by(by), member.name[-3:]
    page = client.get(f"{home}/nominate?q={words}").content.decode()
    [who] = re.findall(r'value="(m:\d+)"', page)
    form = {"q": words, "who": who, "category": category(_the()).pk}
    assert client.post(f"{home}/nominate", form).status_code == 422
    form |= {"why": f"{member.name} stayed until it was right.", "value": value}
    assert client.post(f"{home}/nominate", form)["Location"] == home
    client = seen_by(member)
    [where] = re.findall(rf"{HOME}/nominees/\d+", client.get(HOME).content.decode())
    assert "stayed until it was right" in client.get(where).content.decode()
    client.post(where, {"answer": "yes"})


def judged(home: str, juror, *, best: AwardNominee) -> None:
    client = seen_by(juror)
    page = client.get(f"{home}/judge").content.decode()
    for where in sorted(set(re.findall(rf'{home}/judge/\d+(?=")', page))):
        fields = re.findall(r'name="(c\d+)"', client.get(where).content.decode())
        assert client.post(where, {}).status_code == 422
        points = 5 if where.endswith(f"/{best.pk}") else 2
        client.post(where, dict.fromkeys(fields, points))
    assert "2 of 2 scored" in client.get(f"{home}/judge").content.decode()


def code_of(home: str, voter, member) -> str:
    ballot = {f"v{category(_the()).pk}": _nominee(member).pk}
    page = seen_by(voter).post(f"{home}/vote", ballot).content.decode()
    [code] = re.findall(r"<code>([A-Z2-9-]+)</code>", page)
    return code


def chosen_by(winner, other) -> str:
    """The winner's page, on which they say that all may see it."""
    client = seen_by(winner)
    [mine] = re.findall(rf"{HOME}/wins/\d+", client.get(HOME).content.decode())
    assert seen_by(other).get(mine).status_code == 404
    client.post(mine, {"named": "on", "public": "on"})
    assert Client().get(shown(winner)).status_code == 404, "not before it is published"
    return mine


def shown(winner) -> str:
    return f"{HOME}/shown/{Win.objects.get(member=winner).code}"


def everybody_reads(home: str, people, codes: list[str]) -> None:
    reader = seen_by(people[5])
    page = reader.get(home).content.decode()
    assert people[0].name in page
    assert people[1].name not in page, "who came next did not say yes"
    assert "8 ballots were counted" in page
    assert reader.get(f"{home}/codes").content.decode().split() == sorted(codes)
    for code, told in ((codes[3].lower(), "was counted"), ("NONE", "not among those")):
        said = reader.post(f"{home}/code", {"code": code}, follow=True)
        assert told in said.content.decode()


def the_winner_takes(mine: str, winner) -> None:
    """Picture and certificate, and back what they said, if they like."""
    client, page = seen_by(winner), shown(winner)
    assert winner.name in Client().get(page).content.decode()
    for shape in SHAPES:
        assert Client().get(f"{page}/{shape}.png")["Content-Type"] == "image/png"
    assert client.get(f"{mine}/certificate.pdf").content.startswith(b"%PDF")
    assert winner.name in client.get(f"{HOME}/gallery").content.decode()
    client.post(mine, {})
    assert Client().get(page).status_code == 404, "the winner has thought again"
    assert winner.name not in client.get(f"{HOME}/gallery").content.decode()


def _the() -> AwardRound:
    return AwardRound.objects.get()


def _nominee(member) -> AwardNominee:
    return AwardNominee.objects.get(member=member)


def test_who_may_not():
    team = a_team()
    inside = colleagues(7, team=team)
    outside = a_member("Outside", team=a_team(), joined_at=LONG_AGO)
    found = called(team=team, way="vote")
    ana, _kaj = standing(found, inside[0], inside[1], by=inside[2])
    home = f"{HOME}/{found.pk}"
    stranger, member = seen_by(outside), seen_by(inside[3])
    lead_elsewhere = seen_by(a_lead(a_team()))
    assert Client().get(home).status_code == 302
    for path in ("", "/nominate", "/vote", "/judge", "/codes"):
        assert stranger.get(home + path).status_code == 404, path
    for path in ("/vote", "/judge", f"/judge/{ana.pk}"):
        assert member.get(home + path).status_code == 404, path
    for client, status in ((member, 403), (lead_elsewhere, 404)):
        assert client.get(f"{home}/run").status_code == status
        for path in ("next", "off", "again", "dates", "jurors", "jurors/1/excuse"):
            assert client.post(f"{home}/{path}").status_code == status, path
    assert member.get(f"{HOME}/new").status_code == 403
    assert member.post(f"{HOME}/new/month").status_code == 403
    assert seen_by(a_lead(team)).get(f"{home}/run").status_code == 200
    assert member.get(f"{HOME}/nominees/{ana.pk}").status_code == 404
    member.post(f"{HOME}/nominees/{ana.pk}", {"answer": "withdraw"})
    ana.refresh_from_db()
    assert ana.state == AwardNominee.State.STANDING


def test_what_a_lead_of_a_team_begins_is_for_that_team():
    team = a_team()
    lead = seen_by(a_lead(team))
    lead.post(f"{HOME}/new/month")
    assert _the().award.team == team
    own = {"name": "Star", "purpose": "For light.", "rhythm": "once", "way": "both"}
    own |= {"jury_weight": 40, "tie": "vote", "months_here": 1, "months_between": 6}
    own |= {"categories": "Light: who made us see\nWarmth", "team": ""}
    assert lead.post(f"{HOME}/new", own).status_code == 422, "not for everybody"
    own["team"] = str(team.pk)
    lead.post(f"{HOME}/new", own)
    made = AwardRound.objects.latest("pk")
    told = [(one.name, one.what) for one in made.award.categories.all()]
    assert told == [("Light", "who made us see"), ("Warmth", "")]


def test_who_cannot_be_named_is_told_with_the_reason_and_others_stay_to_choose():
    people = colleagues(6, language="en")
    new = a_member("Kollega Uusi", joined_at=now(), team=a_team())
    found = called(dates=_from_today())
    client = seen_by(people[0])
    page = client.get(f"{HOME}/{found.pk}/nominate?q=kollega").content.decode()
    assert "less than 3 months" in page
    assert f'value="m:{new.pk}"' not in page
    assert f'value="m:{people[0].pk}"' not in page, "nobody names themselves"
    assert f'value="m:{people[1].pk}"' in page
    forged = {"q": "kollega", "who": f"m:{new.pk}", "category": category(found).pk}
    answer = client.post(f"{HOME}/{found.pk}/nominate", {**forged, "why": "x"})
    assert answer.status_code == 422
    assert not Nomination.objects.exists()


def _from_today() -> Dates:
    today = localdate(now())
    days = (0, 10, 14, 19, 22)
    return Dates(*(today + timedelta(days=days_on) for days_on in days))


@pytest.mark.thorough
def test_a_team_and_a_story_can_be_named():
    people = colleagues(12, language="en")
    found = called(dates=_from_today(), way="vote")
    story = a_story(title="Kollega at dawn", author=people[1], state="accepted")
    client = seen_by(people[0])
    team = people[2].team
    asked = f"{HOME}/{found.pk}/nominate"
    for words, who in (("dawn", f"s:{story.pk}"), (team.name, f"t:{team.pk}")):
        form = {"q": words, "who": who, "category": category(found).pk, "why": "Yes."}
        client.post(asked, form)
    of_story, of_team = AwardNominee.objects.order_by("pk")
    assert (of_story.member, of_story.story) == (people[1], story)
    assert of_team.team == team
    for one, member in ((of_story, people[1]), (of_team, people[2])):
        where = f"{HOME}/nominees/{one.pk}"
        seen_by(member).post(where, {"answer": "yes"})
        one.refresh_from_db()
        assert one.state == AwardNominee.State.STANDING
    assert "Kollega at dawn" in str(of_story)


@pytest.mark.parametrize("path", ["", "/gallery"])
def test_as_many_questions_for_three_as_for_one(path):
    people = colleagues(20)
    reader = a_lead()

    def another() -> None:
        found = called()
        standing(found, people[0], people[1])
        AwardRound.objects.filter(pk=found.pk).update(state=State.PUBLISHED)
        Win.objects.create(
            round=found,
            category=category(found),
            member=people[0],
            named=True,
            code=f"code{found.pk}",
        )
        an_award_round()

    def questions() -> int:
        client = seen_by(reader)
        client.get(HOME + path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(HOME + path).status_code == 200
        return len(asked)

    another()
    one = questions()
    another()
    another()
    assert questions() == one


@pytest.mark.thorough
def test_a_long_name_fits_on_the_card():
    honour = Honour(
        "Maximiliana-Wilhelmiina von und zu Hohenlohe-Langenburgsdotter",
        "Helping hand of a whole long year in all our bakeries and shops",
        "Yearly gala: 2027",
        "Saariston Leipä",
    )
    for shape, size in SHAPES.items():
        blocks, top = laid(honour, shape)
        assert top + high_of(blocks) <= size[1] - 2 * FOOT, "over the house's name"
        assert Image.open(BytesIO(drawn(honour, "#9c3d21", shape))).size == size
