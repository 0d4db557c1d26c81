from datetime import timedelta

import pytest
from django.utils import translation

from pesue.encouragement import actions
from pesue.encouragement.models import Thanks
from pesue.encouragement.queries import thanked
from pesue.people.models import Member
from pesue.reach.models import Message
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told

pytestmark = pytest.mark.django_db


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
