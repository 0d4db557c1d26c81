"""Mail to members whose posts or accounts need them: once, and only if it does."""

import subprocess
import sys
from datetime import timedelta

import httpx
import pytest

from pesue.foundation.models import Run, name_of
from pesue.people.models import Member
from pesue.reach.models import Message
from pesue.sharing.actions import accounts, drafts, publish
from pesue.sharing.models import Share
from pesue.sharing.steps.telling import PATIENCE, tell_needed
from tests.make import NOON
from tests.make.people import a_member
from tests.make.sharing import a_due_share, a_share, an_account
from tests.sharing.networks import Network

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
NO = httpx.Response(422, json={"error": "Text is too long"})
LATER = NOON + PATIENCE


def an_unsure(**fields) -> Share:
    return a_share(state=Share.State.UNKNOWN, **fields)


def written() -> list[Message]:
    return list(Message.objects.order_by("pk"))


def test_a_refused_post_is_told_once_with_the_reason():
    share = a_due_share()
    publish.publish(share, now=NOON, http=Network(NO).connect())

    for minutes in (0, 5, 6):
        now = NOON + timedelta(minutes=minutes)
        tell_needed(now)
        Run.objects.update_or_create(
            step=name_of(tell_needed), defaults={"finished_at": now}
        )

    [mail] = written()
    assert (mail.member, mail.subject) == (
        share.member,
        "Your post did not go out",
    )
    assert "Mastodon" in mail.text
    assert "Text is too long" in mail.text
    assert f"/shares/{share.pk}" in mail.text
    assert mail.at == LATER


def test_who_mended_it_at_once_gets_no_mail():
    share = a_due_share()
    publish.publish(share, now=NOON, http=Network(NO).connect())
    drafts.edit(share, now=NOON + timedelta(minutes=1))
    tell_needed(LATER)
    assert written() == []


def test_the_same_post_refused_again_is_told_again():
    share = a_due_share()
    publish.publish(share, now=NOON, http=Network(NO).connect())
    tell_needed(LATER)
    drafts.edit(share, now=LATER)
    share.move(Share.State.SCHEDULED, now=LATER, send_at=LATER)
    publish.publish(share, now=LATER, http=Network(NO).connect())
    tell_needed(LATER + PATIENCE)
    assert len(written()) == 2


def test_an_uncertain_post_is_asked_about_in_the_members_language():
    share = an_unsure(member=a_member(language="fi"))
    for _turn in range(2):
        tell_needed(LATER)
    [mail] = written()
    assert (mail.language, mail.kind) == ("fi", "needed")
    assert share.item.title in mail.text
    assert f"/shares/{share.pk}" in mail.text


def test_an_account_that_a_network_closed_is_told_and_one_given_back_is_not():
    closed, given_back = an_account(), an_account(handle="@kaj@social.example")
    accounts.lose(closed, "Mastodon asks you to connect again.", now=NOON)
    accounts.disconnect(given_back, now=NOON, http=Network({}).connect())
    for _turn in range(2):
        tell_needed(LATER)
    [mail] = written()
    assert mail.subject == "Connect @ana@social.example again"
    assert "Mastodon asks you" in mail.text
    assert "/settings/accounts" in mail.text


def test_one_who_has_left_gets_no_mail():
    an_unsure(member=a_member(state=Member.State.LEFT))
    tell_needed(LATER)
    assert written() == []


def test_a_worker_away_for_a_week_and_a_late_row_lose_nothing():
    Run.objects.create(step=name_of(tell_needed), finished_at=NOON)
    for past in (timedelta(days=2), timedelta(0), -PATIENCE - timedelta(minutes=2)):
        an_unsure(state_since=NOON + past)
    an_unsure(state_since=NOON - timedelta(days=1))  # was told at its time
    assert tell_needed(NOON + timedelta(days=7)) == 3
    assert len(written()) == 3


def test_the_kind_can_be_declined_on_the_page_of_any_process():
    said = "import django; django.setup(); from pesue.reach.kinds import KINDS; "
    done = subprocess.run(
        [sys.executable, "-c", said + "print('needed' in KINDS)"],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == "True\n", done.stderr
