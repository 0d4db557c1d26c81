from datetime import timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from pesue.encouragement.actions import shown
from pesue.encouragement.actions import thanks as actions
from pesue.encouragement.models import Thanks
from pesue.encouragement.queries.colleagues import by_name
from pesue.encouragement.queries.honours import proposals
from pesue.encouragement.queries.thanks import thanked
from pesue.people.models import Member
from pesue.reach.models import Message
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.encouragement import some_thanks
from tests.make.people import a_lead, a_member, a_team
from tests.make.recognition import an_honour, thanks_in_words
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


def test_thanked_once_and_words_may_come_later():
    share, giver = a_told(), a_member("Kaj")

    actions.thank(share, giver, now=NOON)
    actions.thank(share, giver, words="I read it twice.", now=NOON + timedelta(days=1))
    actions.thank(share, giver, now=NOON + timedelta(days=2))

    [thanks] = Thanks.objects.all()
    assert (thanks.words, thanks.at) == ("I read it twice.", NOON)
    assert thanks.receiver == share.member
    assert thanked(giver, [share.pk]) == {share.pk}


def test_nobody_thanks_oneself():
    share = a_told()
    with pytest.raises(actions.ThankingOneself):
        actions.thank(share, share.member, now=NOON)
    assert not Thanks.objects.exists()


def test_a_deleted_post_is_not_thanked_for():
    share = a_told(state=Share.State.DELETED)
    with pytest.raises(actions.NotShared):
        actions.thank(share, a_member(), now=NOON)


def test_the_author_hears_of_it_once_in_their_own_language():
    share = a_told(member=a_member(language="fi"))
    with translation.override("sv"):
        thanks = actions.thank(share, a_member("Kaj"), words="Hieno!", now=NOON)
        actions.thank(share, thanks.giver, words="Tosi hieno!", now=NOON)
    [mail] = Message.objects.all()
    assert (mail.member, mail.language) == (share.member, "fi")
    assert "Kaj" in mail.subject
    assert "Hieno!" in mail.text


def test_one_who_has_left_gets_no_mail():
    share = a_told(member=a_member(state=Member.State.LEFT))
    actions.thank(share, a_member(), now=NOON)
    assert not Message.objects.exists()


# --- In words, to anybody


def test_a_colleague_is_thanked_found_by_name_and_hears_of_it(client):
    giver, receiver = a_member("Kaj Kollega"), a_member("Ana Aalto", language="fi")
    client.force_login(giver)
    page = client.get("/encouragement/thanks", {"q": "aalt"}).content.decode()
    assert f"/encouragement/thanks/new/{receiver.pk}" in page
    answer = client.post(
        f"/encouragement/thanks/new/{receiver.pk}",
        {"what": "You stayed for the late ferry", "words": "I slept that night."},
    )
    assert answer.status_code == 302
    [mail] = Message.objects.all()
    assert (mail.member, mail.language) == (receiver, "fi")
    assert "You stayed for the late ferry" in mail.text
    assert "I slept that night." in mail.text

    client.force_login(receiver)
    page = client.get("/encouragement/thanks").content.decode()
    assert "I slept that night." in page
    assert "You stayed for the late ferry" in client.get("/").content.decode()


def test_one_does_not_find_oneself_nor_those_who_are_gone():
    ana = a_member("Ana Aalto")
    a_member("Ana Aaltonen", state=Member.State.LEFT)
    other = a_member("Anaïs Aalto")
    assert list(by_name("aalto", asker=ana)) == [other]
    assert not by_name("a", asker=ana)
    assert not by_name("", asker=ana)


def test_it_is_for_something_and_never_for_oneself():
    ana, kaj = a_member(), a_member("Kaj")
    with pytest.raises(actions.ThankingOneself):
        actions.give(ana, ana, what="All of it", now=NOON)
    with pytest.raises(actions.NotThanked):
        actions.give(ana, kaj, what="  ", now=NOON)
    kaj.state = Member.State.LEFT
    with pytest.raises(actions.NotThanked):
        actions.give(ana, kaj, what="The bread", now=NOON)
    assert not Thanks.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"what": ""}, {"what": "All of it", "giver": "receiver"}]
)
def test_the_database_says_so_too(fields):
    ana = a_member()
    if fields.pop("giver", ""):
        fields["giver"] = ana
    with pytest.raises(IntegrityError), transaction.atomic():
        Thanks.objects.create(receiver=ana, at=NOON, **fields)


def test_pressed_twice_is_given_once():
    ana, kaj = a_member(), a_member("Kaj")
    for minutes in (0, 1):
        at = NOON + timedelta(minutes=minutes)
        actions.give(ana, kaj, what="The bread", words="Warm.", now=at)
    assert Thanks.objects.count() == Message.objects.count() == 1


def test_many_in_a_day_are_kept_for_tomorrow():
    ana = a_member()
    for n in range(actions.MOST_A_DAY):
        actions.give(ana, a_member(f"Kaj {n}"), what="The bread", now=NOON)
    share = a_told()
    with pytest.raises(actions.Enough):
        actions.give(ana, a_member("Kaj"), what="The bread", now=NOON)
    with pytest.raises(actions.Enough):  # in one tap, too
        actions.thank(share, ana, now=NOON)
    actions.thank(share, ana, now=NOON + timedelta(days=1))
    assert Message.objects.count() == actions.MOST_A_DAY + 1


def test_what_was_given_before_may_still_get_its_words_that_day():
    ana, share = a_member(), a_told()
    actions.thank(share, ana, now=NOON)
    for n in range(actions.MOST_A_DAY - 1):
        actions.give(ana, a_member(f"Kaj {n}"), what="The bread", now=NOON)
    actions.thank(share, ana, words="I read it twice.", now=NOON)
    assert Thanks.objects.get(share=share).words == "I read it twice."


def test_only_the_receiver_shows_it_and_hides_it(client):
    ana, kaj, lead = a_member("Ana"), a_member("Kaj"), a_lead()
    row = thanks_in_words(ana, giver=kaj)
    for other in (kaj, lead, a_member("Eva")):
        client.force_login(other)
        answer = client.post(f"/encouragement/thanks/{row.pk}", {"show": "yes"})
        assert answer.status_code == 404
    row.refresh_from_db()
    assert not row.is_shown
    client.force_login(ana)
    client.post(f"/encouragement/thanks/{row.pk}", {"show": "yes"})
    row.refresh_from_db()
    assert row.is_shown
    client.post(f"/encouragement/thanks/{row.pk}", {"hide": "yes"})
    row.refresh_from_db()
    assert not row.is_shown


def test_other_words_need_another_yes():
    share, giver = a_told(), a_member("Kaj")
    row = actions.thank(share, giver, words="Good.", now=NOON)
    shown.show(row, now=NOON)
    assert actions.thank(share, giver, words="Good.", now=NOON).is_shown
    assert not actions.thank(share, giver, words="You owe me one.", now=NOON).is_shown


def test_a_post_may_be_meant_only_by_what_one_may_read(client):
    theirs, ana = a_team(), a_member(team=a_team())
    item, kaj = an_item("Secret of the night"), a_member("Kaj")
    item.audience.add(theirs)
    client.force_login(ana)
    new = f"/encouragement/thanks/new/{kaj.pk}"
    assert client.get(f"{new}?item={item.pk}").status_code == 404
    assert client.get(f"{new}?item=x").status_code == 200
    assert client.get(f"/encouragement/thanks/new/{ana.pk}").status_code == 404


# --- No ring brings anything


def test_thanks_are_worth_nothing_so_no_ring_and_no_second_self_earns():
    """No row of any table hangs on thanks: nothing can be counted out of them."""
    assert [relation.name for relation in Thanks._meta.related_objects] == []
    five = [a_member(f"Ring {n}") for n in range(5)]
    for day in range(2):
        for giver, receiver in permutations(five, 2):
            actions.give(
                giver,
                receiver,
                what=f"Day {day}",
                proposes=True,
                now=NOON + timedelta(days=day),
            )
    once = actions.give(
        five[0],
        a_member("Quiet Quentin"),
        what="The bread",
        proposes=True,
        now=NOON + timedelta(days=11),
    )
    found = proposals(a_lead(), now=NOON + timedelta(days=11))
    assert {one.member for one in found} == {*five, once.receiver}
    assert all(one.thanks for one in found)  # one each, however many there are


def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    ana = a_member()
    client.force_login(ana)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            thanks_in_words(ana)
            some_thanks(share=a_told(member=ana))
            an_honour(ana)
            thanks_in_words(a_member("Eva"), giver=ana)
        with django_assert_max_num_queries(30) as seen:
            client.get("/encouragement/thanks", {"q": "Kollega"})
        costs.append(len(seen))
    assert costs[0] == costs[1]
