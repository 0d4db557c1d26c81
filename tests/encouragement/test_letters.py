"""A letter reaches those it is about, and goes when its sender or they wish."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pesue.encouragement.access.recognition import concerning
from pesue.encouragement.actions import letters as actions
from pesue.encouragement.models import Letter
from pesue.encouragement.steps import forget_letters
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, a_team
from tests.make.recognition import a_letter
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY = timedelta(days=1)
SAID = {
    "words": "The bread was still warm.",
    "sender": "A passenger",
    "came_on": "2026-03-01",
    "agreed": "on",
}


def enter(by, **fields):
    said = {"words": "Warm.", "sender": "A passenger", "came_on": NOON.date()}
    return actions.enter(**{**said, "wide": True, "by": by, "now": NOON, **fields})


def test_a_letter_about_a_colleague_reaches_them_and_they_decide(client):
    kaj, ana = a_member("Kaj"), a_member("Ana", language="sv")
    client.force_login(kaj)
    new = f"/encouragement/letters/new?to={ana.pk}"
    assert client.get(new).status_code == 200
    assert client.post(new, {**SAID, "wide": "on"}).status_code == 302
    letter = Letter.objects.get()
    assert (letter.member, letter.by, letter.is_shown) == (ana, kaj, False)
    [mail] = Message.objects.all()
    assert (mail.member, mail.language) == (ana, "sv")
    assert SAID["words"] in mail.text
    show = f"/encouragement/letters/{letter.pk}"
    assert client.post(show, {"show": "yes"}).status_code == 404  # Ana's to decide

    client.force_login(ana)
    assert SAID["words"] in client.get("/encouragement/letters").content.decode()
    assert SAID["words"] in client.get("/").content.decode()
    client.post(show, {"show": "yes"})
    letter.refresh_from_db()
    assert letter.is_shown


def test_without_its_senders_yes_it_is_not_kept_and_not_shown_to_all(client):
    ana = a_member()
    client.force_login(a_member("Kaj"))
    new = f"/encouragement/letters/new?to={ana.pk}"
    said = {**SAID}
    del said["agreed"]
    assert client.post(new, said).status_code == 422
    late = {**SAID, "came_on": str(localdate() + 2 * DAY)}
    assert client.post(new, late).status_code == 422
    assert client.post(new, SAID).status_code == 302
    [letter] = Letter.objects.all()
    client.force_login(ana)
    show = client.post(f"/encouragement/letters/{letter.pk}", {"show": "yes"})
    assert show.status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(shown_at=NOON)


def test_whom_it_concerns():
    ship = a_team("Ship")
    night = a_team("Night", parent=ship)
    ana, kaj = a_member("Ana", team=night), a_member("Kaj", team=a_team())
    item = an_item()
    share = a_told(member=ana, item=item)
    seen = [
        a_letter(member=ana),
        a_letter(team=ship),
        a_letter(team=night),
        a_letter(item=item),
        a_letter(share=share),
    ]
    a_letter(member=ana, ends_on=NOON.date() - DAY)
    assert set(concerning(ana, today=NOON.date())) == set(seen)
    assert not concerning(kaj, today=NOON.date())
    assert not concerning(a_member("Teamless"), today=NOON.date())


def test_of_a_team_it_is_shown_at_once_if_its_sender_agreed_to_that():
    kaj = a_member(team=a_team())
    assert enter(kaj, team=kaj.team).is_shown
    assert not enter(kaj, team=kaj.team, wide=False).is_shown
    assert not enter(kaj, member=a_member("Ana")).is_shown
    own = enter(kaj, share=a_told(member=kaj))
    assert not own.is_shown
    assert Message.objects.count() == 1  # Ana's; nobody writes to oneself
    with pytest.raises(actions.NotEntered):
        enter(kaj)


def test_one_writes_of_ones_own_team_and_of_those_one_leads(client):
    ours, theirs = a_team(), a_team()
    for member, allowed in (
        (a_member(team=ours), False),
        (a_lead(theirs), True),
        (a_lead(), True),
    ):
        client.force_login(member)
        answer = client.post("/encouragement/letters/new", {**SAID, "team": theirs.pk})
        assert answer.status_code == (302 if allowed else 422)
    assert client.post("/encouragement/letters/new", SAID).status_code == 422  # none
    share = a_told()
    assert client.get(f"/encouragement/letters/new?share={share.pk}").status_code == 404


def test_who_may_delete_it(client):
    ours = a_team()
    ana, kaj = a_member("Ana", team=ours), a_member("Kaj")
    share = a_told(member=ana)
    for letter, may, may_not in (
        ({"member": ana}, [ana, kaj, a_lead(ours)], a_lead(a_team())),
        ({"team": ours}, [kaj, a_lead(ours), a_lead()], ana),
        ({"share": share}, [ana, kaj, a_lead()], a_lead(ours)),
        ({"item": share.item}, [kaj, a_lead()], ana),
    ):
        for one in may:
            row = a_letter(**letter, by=kaj)
            away = f"/encouragement/letters/{row.pk}/away"
            client.force_login(may_not)
            assert client.post(away).status_code == 404, letter
            client.force_login(one)
            assert client.post(away).status_code == 302, letter
            assert not Letter.objects.exists()
    assert client.post("/encouragement/letters/99/away").status_code == 404


def test_its_time_ends():
    letter = enter(a_member("Kaj"), member=a_member())
    assert letter.ends_on == NOON.date() + timedelta(days=365)
    assert forget_letters(NOON + 365 * DAY) == 0
    assert forget_letters(NOON + 366 * DAY) == 1
    assert not Letter.objects.exists()


def test_one_who_has_left_gets_no_mail():
    gone = a_member("Gone", state=Member.State.LEFT)
    enter(a_member("Kaj"), member=gone)
    assert not Message.objects.exists()


def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    ana = a_member(team=a_team())
    client.force_login(ana)
    costs = []
    later = {"ends_on": localdate() + DAY}
    for more in (1, 2):
        for _ in range(more):
            a_letter(member=ana, **later)
            a_letter(team=ana.team, **later)
            a_letter(share=a_told(member=ana), **later)
        with django_assert_max_num_queries(30) as seen:
            client.get("/encouragement/letters")
        costs.append(len(seen))
    assert costs[0] == costs[1]
