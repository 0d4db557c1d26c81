"""An item's questions, one a screen; the answers are the draft."""

import pytest

from pesue.content.models import Question
from pesue.sharing.composing import words_of
from pesue.sharing.models import Reply, Share
from pesue.sharing.steps.said import forget_said
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member, a_team, an_organisation
from tests.make.sharing import a_share

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


@pytest.fixture
def member(client):
    an_organisation()
    member = a_member(language="en")
    client.force_login(member)
    return member


def said(client, item, number: int, text: str = "", do: str = "next"):
    at = f"/compose/{item.pk}/questions/{number}"
    return client.post(at, {"text": text, "do": do})


def words(member) -> str:
    [draft] = member.shares.filter(state=Share.State.DRAFT)
    return words_of(draft.text, draft.disclosure)


def test_three_answers_become_a_draft_in_the_persons_words_only(client, member):
    item = an_item()
    first = client.get(f"/compose/{item.pk}/questions")
    assert first.headers["Location"].endswith("/questions/1")
    page = client.get(first.headers["Location"]).content.decode()
    assert "What matters to you in this?" in page
    assert not member.shares.exists()  # looking begins nothing
    assert said(client, item, 1, "The bread.").headers["Location"].endswith("/2")
    assert words(member) == "The bread."  # saved at once
    said(client, item, 2, do="skip")
    last = said(client, item, 3, "Come and smell it.")
    assert last.headers["Location"] == f"/compose/{item.pk}"
    assert words(member) == "The bread.\n\nCome and smell it."
    page = client.get(f"/compose/{item.pk}").content.decode()
    assert "The bread.\n\nCome and smell it." in page
    assert (
        client.get(f"/compose/{item.pk}/questions").headers["Location"].endswith("/2")
    )


def test_back_saves_and_what_was_said_can_be_said_anew(client, member):
    item = an_item()
    said(client, item, 1, "The bread.")
    back = said(client, item, 2, "I baked it.", do="back")
    assert back.headers["Location"].endswith("/questions/1")
    page = client.get(back.headers["Location"]).content.decode()
    assert "The bread.</textarea>" in page
    said(client, item, 1, "The rye bread.", do="end")
    assert words(member) == "The rye bread.\n\nI baked it."
    said(client, item, 2, "")
    assert words(member) == "The rye bread."
    assert Reply.objects.count() == 1


def test_an_answer_put_off_comes_to_its_place(client, member):
    item = an_item()
    said(client, item, 1, "One.")
    said(client, item, 3, "Three.")
    said(client, item, 2, "Two.")
    assert words(member) == "One.\n\nTwo.\n\nThree."


def test_what_stood_in_the_draft_stays(client, member):
    item = an_item()
    draft = a_share(
        member=member, item=item, text="I work here\n\nHello.", disclosure="I work here"
    )
    said(client, item, 1, "The bread.")
    draft.refresh_from_db()
    assert draft.text == "I work here\n\nHello.\n\nThe bread."


def test_an_items_own_questions_three_at_most_in_the_language_of_the_draft(
    client, member
):
    item = an_item()
    for n in range(4):
        Question.objects.create(item=item, language="fi", text=f"Kysymys {n}?")
    a_share(member=member, item=item, language="fi")
    page = client.get(f"/compose/{item.pk}/questions/1").content.decode()
    assert "Kysymys 0?" in page
    assert 'lang="fi"' in page
    assert client.get(f"/compose/{item.pk}/questions/4").status_code == 404


def test_words_typed_when_the_session_had_ended_are_there_again(client):
    an_organisation()
    member, item = a_member(language="en"), an_item()
    answer = said(client, item, 2, "Nearly lost.")
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]
    assert not Share.objects.exists()
    member.set_password("uuni lämpiää hitaasti")
    member.save()
    client.post(
        answer.headers["Location"],
        {"login": member.email, "password": "uuni lämpiää hitaasti"},
    )
    page = client.get(f"/compose/{item.pk}/questions/2").content.decode()
    assert "Nearly lost.</textarea>" in page


def test_only_what_one_may_tell_asks(client, member):
    item = an_item()
    item.audience.add(a_team())
    assert client.get(f"/compose/{item.pk}/questions/1").status_code == 404
    assert said(client, item, 1, "x").status_code == 404


def test_too_much_is_said_so_and_stays_in_the_box(client, member):
    answer = said(client, an_item(), 1, "x" * 5001)
    assert answer.status_code == 422
    assert "x" * 5001 in answer.content.decode()


def test_the_button_in_the_composer_saves_before_it_leads_there(client, member):
    item = an_item()
    form = {"words": "Hello.", "channel": "linkedin", "language": "en"}
    answer = client.post(f"/compose/{item.pk}", {**form, "do": "questions"})
    assert answer.headers["Location"] == f"/compose/{item.pk}/questions"
    assert "Hello." in words(member)


def test_with_the_draft_go_the_answers_and_what_was_said_once_it_is_out(client, member):
    item, other = an_item(), an_item()
    said(client, item, 1, "The bread.")
    client.post(f"/shares/{member.shares.get().pk}/remove")
    assert not Reply.objects.exists()
    said(client, other, 1, "The sea.")
    share = Reply.objects.get().share
    forget_said(NOON)
    assert Reply.objects.get().text == "The sea."
    Share.objects.filter(pk=share.pk).update(state="shared", shared_at=NOON)
    forget_said(NOON)
    assert Reply.objects.get().text == ""
