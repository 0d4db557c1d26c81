"""Wordings from a server that speaks as language models' servers do."""

from datetime import UTC, datetime

import pytest

from pesue.guidance.actions import old as actions
from pesue.guidance.models import OldSentence
from pesue.guidance.steps.wordings import word
from tests.make import NOON

pytestmark = pytest.mark.django_db
Wish = OldSentence.Wish
TEXT = """Do not publish pictures of customers.
Do not spread rumours about colleagues.
Never comment on competitors.
Do not use the logo in your own pictures."""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def asked(model: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PESUE_MODEL_URL", model)
    monkeypatch.setenv("PESUE_MODEL_NAME", "any")
    old = actions.take_in_text("Policy", TEXT, by=None, now=NOON)
    assert actions.ask_model(old) == 4
    return old


def test_what_is_of_use_is_taken_and_marked_and_the_rest_left_as_it_was(asked):
    before = {s.position: s.instead for s in asked.sentences.all()}
    assert word(now()) == 4
    customers, rumours, competitors, logo = asked.sentences.all()
    assert customers.instead == "Ask the people in the picture, then show it."
    assert customers.wish == Wish.MADE
    for failed in (rumours, competitors):
        assert failed.wish == Wish.FAILED
        assert failed.instead == before[failed.position]
    assert logo.wish in {Wish.MADE, Wish.FAILED}  # an echo, whatever it says
    assert word(now()) == 0
    assert actions.ask_model(asked) >= 2  # one may wish again for what failed


def test_what_a_person_has_decided_is_not_written_over(asked):
    first = asked.sentences.get(position=0)
    OldSentence.objects.filter(pk=first.pk).update(decision="taken", instead="Mine.")
    word(now())
    first.refresh_from_db()
    assert (first.instead, first.wish) == ("Mine.", Wish.NONE)


def test_a_server_that_is_gone_leaves_the_wishes_answered(asked, monkeypatch):
    monkeypatch.setenv("PESUE_MODEL_URL", "http://127.0.0.1:9/v1")
    assert word(now()) == 4
    assert set(asked.sentences.values_list("wish", flat=True)) == {Wish.FAILED}


def test_switched_off_meanwhile(asked, monkeypatch):
    monkeypatch.setenv("PESUE_MODEL_URL", "")
    assert word(now()) == 4
    assert set(asked.sentences.values_list("wish", flat=True)) == {Wish.NONE}
