"""A lead sets a goal; people move its bar; one joins the board, and leaves it."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from pesue.encouragement.models import Boards, Goal, Player
from pesue.encouragement.steps import count_goals, count_players
from pesue.people.models import Member
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, NARROW, PHONE, TOO_WIDE, visiting
from tests.browser.test_old_guideline import fits
from tests.encouragement.test_goals import lesson_by
from tests.make.people import a_lead, a_member, a_team, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def set_a_goal(browser, url, lead, team) -> None:
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, lead)
        page.goto("/encouragement")
        page.get_by_role("link", name="Tavoitteet ja taulut").click()
        fits(page)
        page.get_by_label("ihmisten taulu").check()
        page.get_by_role("button", name="Tallenna").click()
        page.get_by_role("link", name="Aseta tavoite").click()
        fits(page)
        page.get_by_label("Kenen tavoite se on").select_option(str(team.pk))
        page.get_by_label("jotka kävivät oppitunnin läpi").check()
        page.get_by_label("Kuinka monta").fill("4")
        page.get_by_role("button", name="Aseta").click()
        page.get_by_label("Kuinka monta").fill("8")
        page.get_by_role("button", name="Aseta").click()
        expect(page.get_by_role("main")).to_contain_text("Tavoite on asetettu")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_goal_is_set_moved_and_seen(browser, live_server, scheme):
    an_organisation()
    team = a_team("Leipomo")
    lead = a_lead(language="fi")
    some = [a_member(f"Leipuri {n}", team=team, language="fi") for n in range(9)]
    set_a_goal(browser, str(live_server.url), lead, team)
    assert Goal.objects.get().target == 8
    for member in some[:6]:
        lesson_by(member, at=now())
    count_goals(now())
    look = {"locale": "fi-FI", "color_scheme": scheme}
    with visiting(browser, str(live_server.url), NARROW, **look) as page:
        sign_in(page, some[8])
        page.goto("/encouragement")
        page.get_by_role("link", name="Yhteiset tavoitteet").click()
        expect(page.get_by_role("main")).to_contain_text("6 / 8")
        join(page)
        lesson_by(Member.objects.get(pk=some[8].pk), at=now())
        count_players(now())
        fits(page)
        for width, height in (NARROW, DESK):
            page.set_viewport_size({"width": width, "height": height})
            assert not page.evaluate(TOO_WIDE)
        page.get_by_text("Olet taulussa nimellä Yön kettu").click()
        page.get_by_role("button", name="Pois taulusta").click()
        expect(page.get_by_role("main")).to_contain_text("Et ole enää taulussa")
    assert Boards.objects.get().people
    assert not Player.objects.exists()


def join(page) -> None:
    page.get_by_text("Haluan mukaan tauluun").click()
    page.get_by_label("Millä nimellä").fill("Yön kettu")
    page.get_by_role("button", name="Mukaan tauluun").click()
    expect(page.get_by_role("main")).to_contain_text("Olet taulussa nimellä Yön kettu")
