"""After a takeover what was posted is said, if one likes, and asked for once."""

import pytest
from django.utils.timezone import localdate, now

from pesue.example.actions import takeovers as actions
from pesue.example.models import Takeover, TakeoverPost
from pesue.example.queries import takeovers as queries
from pesue.example.steps import end_takeovers
from pesue.people.actions import members
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.guidance import a_concept
from tests.make.people import a_lead, a_member
from tests.make.takeovers import DAY, a_plan

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
HERE = "https://www.instagram.com/p/abc/?igsh=1"


def agreed(member=None, **plan) -> Takeover:
    """One that is on today; agreed some days ago."""
    starts = localdate()
    plan = {"starts": starts, "ends": starts, **plan}
    before = now() - 3 * DAY
    made = actions.offer(member or a_member(), a_plan(**plan), by=a_lead(), now=before)
    actions.accept(made, now=before)
    return made


def told_page(made: Takeover) -> str:
    return f"/takeovers/{made.pk}/told"


def test_who_told_notes_it_with_or_without_an_address(client):
    made = agreed()
    client.force_login(made.member)
    assert "How was it?" in client.get(f"/takeovers/{made.pk}").content.decode()
    assert client.post(told_page(made), {"posts": ""}).status_code == 302
    made.refresh_from_db()
    first = made.told_at
    assert first
    assert not made.posts.exists()
    said = {"posts": f"{HERE}\ninstagram.com/p/xyz\n{HERE}"}
    for _ in range(2):
        client.post(told_page(made), said)
    made.refresh_from_db()
    assert made.told_at == first, "said again it is not told again"
    urls = list(made.posts.values_list("url", flat=True))
    assert urls == [HERE, "https://instagram.com/p/xyz"]
    client.force_login(a_member("Somebody else"))
    seen = client.get(f"/takeovers/{made.pk}").content.decode()
    assert HERE in seen
    assert ">instagram.com/p/abc<" in seen
    assert "How was it?" not in seen
    month = client.get("/takeovers").content.decode()
    assert 'class="chip ok"' in month


def test_the_keeper_may_note_it_and_nobody_else(client):
    keeper = a_member("Kaj")
    made = agreed(keeper=keeper)
    client.force_login(a_member("Somebody else"))
    assert client.post(told_page(made), {"posts": HERE}).status_code == 404
    client.force_login(made.lead)
    assert client.post(told_page(made), {"posts": HERE}).status_code == 404
    client.force_login(keeper)
    assert client.post(told_page(made), {"posts": HERE}).status_code == 302
    [post] = made.posts.all()
    assert post.member == made.member, "whose it is goes with them"


def test_nothing_is_noted_before_the_first_day(client):
    made = agreed(starts=localdate() + DAY, ends=localdate() + DAY)
    client.force_login(made.member)
    assert client.post(told_page(made), {"posts": HERE}).status_code == 404
    with pytest.raises(actions.NotNow):
        actions.note_told(made, [HERE], now=now())
    assert not TakeoverPost.objects.exists()


def test_what_ended_early_is_not_asked_about(client):
    made = agreed()
    actions.end(made, now=now())
    client.force_login(made.member)
    assert client.post(told_page(made), {"posts": HERE}).status_code == 404


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ("javascript:alert(1)//x", "is no address"),
        ("just words", "is no address"),
        ("ftp://example.org/x", "is no address"),
        (f"https://example.org/{'x' * 500}", "too long an address"),
        (" ".join(f"example.org/{n}" for n in range(21)), "At most 20 addresses"),
    ],
)
def test_what_is_no_address_is_told_and_stays_in_the_box(client, posts, said):
    made = agreed()
    client.force_login(made.member)
    answer = client.post(told_page(made), {"posts": posts})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert posts[:20] in answer.content.decode()
    made.refresh_from_db()
    assert made.told_at is None


def test_it_was_not_told_after_all(client):
    made = agreed()
    actions.note_told(made, [HERE], now=now())
    client.force_login(made.member)
    assert client.post(told_page(made), {"told": "no"}).status_code == 302
    made.refresh_from_db()
    assert made.told_at is None
    assert not TakeoverPost.objects.exists()


def over_mails() -> int:
    return Message.objects.filter(once__contains=":over:").count()


def test_the_day_after_who_told_is_asked_once():
    starts = localdate(NOON) + 3 * DAY
    made = actions.offer(a_member(), a_plan(starts=starts), by=a_lead(), now=NOON)
    actions.accept(made, now=NOON)
    end_takeovers(NOON + 4 * DAY)  # its last day
    assert over_mails() == 0
    for _ in range(2):
        end_takeovers(NOON + 5 * DAY)
    assert over_mails() == 1
    mail = Message.objects.get(once__contains=":over:")
    assert mail.member == made.member
    assert "We do not ask again" in mail.text
    Takeover.objects.update(state="agreed")  # as if another worker had it, too
    end_takeovers(NOON + 6 * DAY)
    assert over_mails() == 1


def test_nobody_is_asked_of_what_was_said_or_is_long_ago():
    starts = localdate(NOON) + 3 * DAY
    made = actions.offer(a_member(), a_plan(starts=starts), by=a_lead(), now=NOON)
    actions.accept(made, now=NOON)
    actions.note_told(made, [], now=NOON + 3 * DAY)
    end_takeovers(NOON + 5 * DAY)
    other = a_plan(starts=starts, account="@other")
    late = actions.offer(a_member(), other, by=a_lead(), now=NOON)
    actions.accept(late, now=NOON)
    end_takeovers(NOON + 30 * DAY)
    assert over_mails() == 0


def test_what_is_over_waits_for_a_while_among_ones_own():
    made = agreed()
    end_takeovers(now() + 2 * DAY)
    made.refresh_from_db()
    assert made.state == "done"
    today = made.ends + 14 * DAY
    assert made in queries.own(made.member, today=today)
    assert made not in queries.own(made.member, today=today + DAY)
    actions.note_told(made, [], now=now() + 3 * DAY)
    assert made not in queries.own(made.member, today=made.ends + DAY)


def test_who_left_is_asked_nothing_and_what_they_told_is_nobodys_to_note(client):
    keeper = a_member("Kaj")
    made = agreed(keeper=keeper)
    members.leave(made.member, now=now())
    end_takeovers(now() + 2 * DAY)
    assert over_mails() == 0
    client.force_login(keeper)
    assert client.post(told_page(made), {"posts": HERE}).status_code == 404


def test_a_concept_shows_its_takeovers_and_begins_the_film(client):
    concept = a_concept(starts=localdate() - DAY, ends=localdate() + DAY)
    made = agreed(concept=concept)
    actions.note_told(made, [HERE], now=now())
    client.force_login(a_member("Somebody else"))
    page = client.get(f"/concepts/{concept.pk}").content.decode()
    assert HERE in page
    assert f"/takeovers/{made.pk}" in page
    assert actions.film_for(made, now=NOON).concept == concept


def test_one_asks_for_a_takeover_within_a_concept(client):
    concept = a_concept(starts=localdate(), ends=localdate() + 9 * DAY)
    gone = a_concept(starts=localdate() - 9 * DAY, ends=localdate() - DAY)
    client.force_login(a_member())
    form = {
        "channel": "instagram",
        "account": "@litter",
        "starts": (localdate() + DAY).isoformat(),
        "says": "A night in the galley",
    }
    answer = client.post("/takeovers/ask", form | {"concept": gone.pk})
    assert answer.status_code == 422
    client.post("/takeovers/ask", form | {"concept": concept.pk})
    assert Takeover.objects.get().concept == concept
