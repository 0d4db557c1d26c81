"""The ways out of a draft and back."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from pesue.foundation.moves import ForbiddenMove
from pesue.guidance.models import Topic
from pesue.sharing.actions import drafts, writing
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.actions.writing import Left, Written, write
from pesue.sharing.models import Likeness, Link, Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member, a_team
from tests.make.sharing import a_due_share, a_share, an_account

pytestmark = pytest.mark.django_db
State = Share.State
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


def words(text: str = "Mine.", **fields) -> Written:
    return Written(text, "", "linkedin", "en", **fields)


def test_one_draft_of_an_item_however_often_it_is_saved():
    ana, item = a_member(), an_item()
    first = write(ana, item, words("one"), now=NOON)
    again = write(ana, item, words("two"), now=NOON)
    assert (first.pk, again.text) == (again.pk, "two")
    other = write(ana, an_item(), words("three"), now=NOON)
    assert other.pk != first.pk


def test_a_save_that_meets_another_keeps_both(monkeypatch):
    """The other window saves between our reading and our writing."""
    ana, item = a_member(), an_item()
    write(ana, item, words("zero", window="a"), now=NOON)
    read = writing.draft_of
    late = iter([True])

    def read_and_wait(member, about):
        found = read(member, about)
        if next(late, False):
            write(ana, item, words("theirs", window="b", edition=1), now=NOON)
        return found

    monkeypatch.setattr(writing, "draft_of", read_and_wait)
    kept = write(ana, item, words("ours", window="a", edition=1), now=NOON)
    assert (kept.text, kept.other_text) == ("ours", "theirs")


def test_a_late_look_of_a_text_that_has_left_begins_nothing():
    ana, item = a_member(), an_item()
    draft = write(ana, item, words(), now=NOON)
    drafts.hand_over(draft, now=NOON)
    with pytest.raises(Left):
        write(ana, item, words(draft=draft.pk), now=NOON)
    with pytest.raises(Left):
        write(ana, item, words("More.", draft=draft.pk), now=NOON, anew=False)
    new = write(ana, item, words("More.", draft=draft.pk), now=NOON)
    assert (new.state, new.text) == (State.DRAFT, "More.")


def test_what_goes_out_is_remembered_and_has_its_link():
    draft = write(a_member(), an_item(), words(), now=NOON)
    assert not Link.objects.exists()
    drafts.hand_over(draft, now=NOON)
    assert (draft.state, draft.way) == (State.HANDED, "intent")
    assert Link.objects.get().share == draft
    assert Likeness.objects.filter(share=draft).exists()


def test_the_way_is_the_same_before_and_after_the_link_is_made():
    """Facebook's address takes nothing but a link."""
    draft = write(
        a_member(), an_item(), Written("Mine.", "", "facebook", "en"), now=NOON
    )
    before = drafts.way_of(draft)
    drafts.hand_over(draft, now=NOON)
    assert draft.way == before == "intent"


def test_a_story_without_an_address_goes_out_without_a_link():
    draft = write(a_member(), an_item(url=""), words(), now=NOON)
    drafts.hand_over(draft, now=NOON)
    assert draft.state == State.HANDED
    assert not Link.objects.exists()


def test_nothing_goes_out_empty_late_or_without_an_account():
    ana = a_member()
    draft = write(ana, an_item(), words("  "), now=NOON)
    with pytest.raises(NotDone, match="Write a few words"):
        drafts.hand_over(draft, now=NOON)
    draft = write(ana, draft.item, words("Now."), now=NOON)
    with pytest.raises(NotDone, match="no account connected"):
        drafts.publish_now(draft, now=NOON)
    account = an_account(member=ana)
    Share.objects.filter(pk=draft.pk).update(channel="mastodon")
    draft.refresh_from_db()
    for at in (NOON, NOON - HOUR):
        with pytest.raises(NotDone, match="past"):
            drafts.schedule(draft, at, now=NOON)
    with pytest.raises(NotDone, match="within a year"):
        drafts.schedule(draft, NOON + timedelta(days=400), now=NOON)
    drafts.schedule(draft, NOON + HOUR, now=NOON)
    assert (draft.state, draft.send_at) == (State.SCHEDULED, NOON + HOUR)
    assert (draft.account, draft.way) == (account, "api")


def test_changing_what_waits_for_its_time_makes_it_a_draft():
    share = a_due_share(text="Just this.")
    drafts.edit(share, now=NOON)
    assert (share.state, share.send_at, share.text) == (State.DRAFT, None, "Just this.")


def test_what_may_be_out_is_not_changed():
    share = a_due_share(unanswered_since=NOON - HOUR)
    for act in (drafts.edit, drafts.withdraw):
        with pytest.raises(NotDone, match="may be out"):
            act(share, now=NOON)
    assert share.state == State.SCHEDULED


def test_back_to_a_draft_beside_another_one_loses_neither():
    ana, item = a_member(), an_item()
    handed = a_share(member=ana, item=item, state=State.HANDED, text="First.")
    write(ana, item, words("Second."), now=NOON)
    drafts.edit(handed, now=NOON)
    draft = Share.objects.get(state=State.DRAFT)
    assert (draft.text, draft.other_text) == ("Second.", "First.")
    assert handed.state == State.WITHDRAWN


def test_once_more_after_a_refusal_or_as_before():
    account = an_account()
    share = a_share(
        member=account.member, account=account, state=State.REFUSED, why="Too fast."
    )
    drafts.try_again(share, now=NOON)
    assert (share.state, share.send_at, share.why) == (State.SCHEDULED, NOON, "")
    lonely = a_share(state=State.REFUSED, why="Too fast.")
    with pytest.raises(NotDone):
        drafts.try_again(lonely, now=NOON)
    lonely.refresh_from_db()
    assert lonely.state == State.REFUSED


def test_once_more_beside_another_draft_of_the_same_story():
    account = an_account()
    share = a_share(member=account.member, account=account, state=State.REFUSED)
    write(account.member, share.item, words("Second."), now=NOON)
    drafts.try_again(share, now=NOON)
    assert share.state == State.SCHEDULED


def test_what_may_be_out_keeps_its_link_and_is_no_draft():
    share = a_due_share(state=State.UNKNOWN, unanswered_since=NOON)
    drafts.make_link(share, now=NOON)
    write(share.member, share.item, words("Another."), now=NOON)
    with pytest.raises(ForbiddenMove):
        drafts.edit(share, now=NOON)
    drafts.withdraw(share, now=NOON)
    assert Link.objects.get(share=share).closed_at is None


def test_taken_back_or_thrown_away_its_link_leads_nowhere():
    taken = a_due_share()
    drafts.make_link(taken, now=NOON)
    drafts.withdraw(taken, now=NOON)
    assert taken.state == State.WITHDRAWN
    assert Link.objects.get(share=taken).closed_at == NOON
    gone = write(a_member(), an_item(), words("Not this."), now=NOON)
    drafts.remove(gone, now=NOON)
    assert (gone.state, gone.text) == (State.WITHDRAWN, "")


def test_only_what_was_handed_over_is_confirmed():
    share = a_share(state=State.HANDED)
    drafts.confirm(share, now=NOON, url="https://social.example/1")
    assert (share.state, share.shared_at) == (State.SHARED, NOON)
    with pytest.raises(ForbiddenMove):
        drafts.confirm(a_share(), now=NOON)


def test_what_went_out_keeps_its_team_and_all_posts_of_a_story_one_topic():
    home, item = a_team("Home"), an_item()
    first, second = (Topic.objects.create(name=name) for name in ("Bread", "Ovens"))
    item.topics.set([second])
    member = a_member(team=home)
    share = a_share(member=member, item=item, state=State.HANDED)
    drafts.confirm(share, now=NOON)
    item.topics.set([first, second])
    member.team = None
    member.save()
    later = a_share(member=member, item=item, state=State.HANDED)
    drafts.confirm(later, now=NOON + timedelta(days=1))
    share.refresh_from_db()
    assert (share.team, share.topic) == (home, second)
    assert (later.team, later.topic) == (None, second)
