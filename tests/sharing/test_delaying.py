"""Posts that wait some days because a lot fell so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import override

from pesue.content.models import Item
from pesue.sharing.actions import drafts
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.channels import CHANNELS
from pesue.sharing.models import Share
from pesue.sharing.steps.delays import release_delayed
from pesue.sharing.steps.publish import send_due
from pesue.trials import actions
from pesue.trials.models import Assignment, Exposure, Trial
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.sharing import a_share, an_account
from tests.make.trials import DAY, POSTS, TODAY, a_design, a_running, a_trial
from tests.sharing.networks import FINE, Network

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def pressed(item: Item, *, at=NOON, member=None) -> Share:
    account = an_account(member=member or a_member(), name=str(item.pk))
    share = a_share(item=item, member=account.member, account=account)
    drafts.publish_now(share, now=at)
    return share


def an_item_of(lot: str, *, at=NOON, **fields) -> Item:
    """An item about which somebody has pressed, and whose lot fell so."""
    for _n in range(99):
        item = an_item(**fields)
        if (pressed(item, at=at).pressed_at is not None) == (lot == "held"):
            return item
    raise AssertionError


def test_a_post_that_is_drawn_goes_out_three_days_later_and_once():
    a_running(POSTS, held=20, seed=1)
    item = an_item_of("held")
    share = Share.objects.get(item=item)
    Share.objects.exclude(pk=share.pk).delete()
    assert (share.state, share.pressed_at) == ("scheduled", NOON)
    assert share.send_at == NOON + 3 * DAY
    network = Network(FINE)
    for at in (NOON, NOON + 3 * DAY - timedelta(minutes=1)):
        send_due(at, network.connect)
        share.refresh_from_db()
        assert share.state == "scheduled"
    for at in (NOON + 3 * DAY, NOON + 3 * DAY + timedelta(minutes=1)):
        send_due(at, network.connect)
    share.refresh_from_db()
    assert share.state == "shared"
    assert len(network.posted) == 1
    assert share.shared_at >= NOON + 3 * DAY


def test_all_posts_about_it_wait_until_the_same_day_and_later_ones_do_not():
    a_running(POSTS, held=20, seed=1)
    item = an_item_of("held")
    a_day_later = NOON + DAY + timedelta(hours=2)
    second = pressed(item, at=a_day_later)
    assert second.send_at == a_day_later + 2 * DAY
    assert localdate(second.send_at) == TODAY + 3 * DAY
    after = pressed(item, at=NOON + 3 * DAY)
    assert after.pressed_at is None
    assert Exposure.objects.filter(item=item.pk).count() == 1


def test_a_few_items_are_drawn_and_the_others_go_out_at_once():
    trial = a_running(POSTS, held=20, seed=3)
    shares = [pressed(an_item()) for _n in range(30)]
    waits = [share for share in shares if share.pressed_at]
    assert 1 <= len(waits) <= 15
    assert all(share.send_at == NOON for share in shares if not share.pressed_at)
    assert Exposure.objects.filter(trial=trial).count() == 30, "in both arms"
    drawn = Assignment.objects.filter(trial=trial, arm__is_control=True)
    assert {row.unit for row in drawn} == {share.item_id for share in waits}


def test_a_time_that_the_person_chose_holds():
    a_running(POSTS, held=20, seed=1)
    item = an_item_of("held")
    share = Share.objects.get(item=item)
    drafts.edit(share, now=NOON)
    assert share.pressed_at is None
    drafts.schedule(share, NOON + timedelta(hours=1), now=NOON)
    assert (share.send_at, share.pressed_at) == (NOON + timedelta(hours=1), None)
    assert release_delayed(NOON) == 0


def test_what_is_posted_by_hand_never_waits_and_draws_nothing():
    a_running(POSTS, held=20, seed=1)
    share = a_share(channel="linkedin")
    drafts.hand_over(share, now=NOON)
    assert share.state == "handed"
    assert not Assignment.objects.exists()


def test_one_who_stays_out_waits_never_and_draws_nothing_for_others():
    a_running(POSTS, held=20, seed=1)
    away = a_member()
    actions.stay_out(away, now=NOON)
    assert pressed(an_item(), member=away).pressed_at is None
    assert not Assignment.objects.exists()
    item = an_item_of("held")
    assert pressed(item, member=away).send_at == NOON


def test_who_stays_out_while_it_waits_has_it_sent_and_others_wait_on():
    a_running(POSTS, held=20, seed=1)
    item = an_item_of("held")
    share = Share.objects.get(item=item)
    other = pressed(item)
    actions.stay_out(share.member, now=NOON)
    assert release_delayed(NOON) == 1
    assert release_delayed(NOON) == 0
    share.refresh_from_db()
    other.refresh_from_db()
    assert (share.send_at, other.send_at) == (NOON, NOON + 3 * DAY)


def test_the_end_of_the_trial_lets_all_go_and_its_midnight_lets_none_go_early():
    trial = a_running(POSTS, held=20, seed=1)
    share = Share.objects.get(item=an_item_of("held"))
    midnight = localtime(NOON + 3 * DAY).replace(hour=0, minute=5)
    assert release_delayed(midnight) == 0, "it goes out at its hour"
    actions.stop(trial, by=a_lead(), why="Enough.", now=NOON + DAY)
    assert release_delayed(NOON + DAY) == 1
    share.refresh_from_db()
    assert share.send_at == NOON + DAY


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_until": TODAY + 2 * DAY},
        {"locked_until": None, "topic": True},
    ],
    ids=["over by then", "locked by then"],
)
def test_what_cannot_wait_does_not(fields, monkeypatch):
    a_running(POSTS, held=20, seed=1)
    if fields.pop("topic", False):
        monkeypatch.setattr(
            "pesue.sharing.actions.delaying.why_locked",
            lambda _share, now: "It is a quiet time.",
        )
    shares = [pressed(an_item(**fields)) for _n in range(15)]
    assert not any(share.pressed_at for share in shares)


def test_an_item_that_was_shortened_since_is_not_sent_too_late():
    a_running(POSTS, held=20, seed=1)
    item = an_item_of("held")
    item.valid_until = TODAY + DAY
    item.save()
    assert pressed(item).pressed_at is None


def test_where_a_network_lets_us_post_at_a_press_only_nothing_waits(monkeypatch):
    a_running(POSTS, held=20, seed=1)
    item = an_item_of("held")
    monkeypatch.setattr(type(CHANNELS["mastodon"]), "allows", lambda *_: False)
    assert pressed(item).pressed_at is None


def test_a_refused_share_leaves_nothing_of_the_lot():
    a_running(POSTS, held=20, seed=1)
    account = an_account()
    share = a_share(member=account.member, account=account, text=" ")
    with pytest.raises(NotDone):
        drafts.publish_now(share, now=NOON)
    assert not Assignment.objects.exists()


def test_it_waits_three_days_and_no_plan_says_otherwise():
    with pytest.raises(actions.NotDone, match="3 days"):
        actions.propose(a_design(POSTS, days=7), by=None, now=NOON)
    trial = a_trial(POSTS)
    assert [arm.name for arm in trial.arms.all()] == ["Sent later", "Sent at once"]


# --- The pages


@pytest.fixture
def client():
    an_organisation()
    found = Client(headers={"Accept-Language": "en"})
    account = an_account(member=a_member("Ana Aalto", language="en"))
    found.force_login(account.member)
    found.member = account.member
    return found


def started() -> Trial:
    today = localdate(now())
    trial = a_trial(POSTS, begins=today, ends=today + 40 * DAY, held=20, seed=1)
    actions.start(trial, now=now())
    return trial


def test_the_composer_says_so_before_one_presses_whatever_the_lot(client):
    item = an_item()
    page = client.get(f"/compose/{item.pk}").content.decode()
    assert "It goes out at once" in page
    started()
    for each in (item, an_item_of("held", at=now()), an_item_of("not", at=now())):
        page = client.get(f"/compose/{each.pk}").content.decode()
        assert "at once or up to three days later" in page
    actions.stay_out(client.member, now=now())
    page = client.get(f"/compose/{item.pk}").content.decode()
    assert "up to three days later" not in page


def test_the_share_says_when_and_why_and_how_not_to_wait(client):
    started()
    for _n in range(99):
        item = an_item()
        account = client.member.accounts.get()
        share = a_share(item=item, member=client.member, account=account)
        drafts.publish_now(share, now=now())
        if share.pressed_at:
            break
    page = client.get(f"/shares/{share.pk}").content.decode()
    assert "A few posts wait up to three days" in page
    assert "choose a time yourself" in page
    tried = client.get("/tried").content.decode()
    assert "About which items the posts wait" in tried


def test_a_lead_plans_it_in_a_few_fields(client):
    lead = Client(headers={"Accept-Language": "en"})
    lead.force_login(a_lead())
    page = lead.get(f"/trials/new/{POSTS}").content.decode()
    assert 'name="days"' not in page
    today = localdate(now())
    lead.post(
        f"/trials/new/{POSTS}",
        {
            "name": "Sooner",
            "question": "Does it add?",
            "begins": today,
            "ends": today + 40 * DAY,
            "held": 10,
        },
    )
    trial = Trial.objects.get()
    assert (trial.days, trial.outcome, trial.unit) == (3, "pages.visits", "item")
