"""The secret ballot: no vote is found in the database, none stuffed, none lost."""

import json

import pytest
from django.conf import settings as configured
from django.db import connection
from django.utils import translation

from pesue.encouragement import steps
from pesue.encouragement.actions import award_rounds, ballots, nominations
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.models import AwardRound, Voter, Win
from pesue.people.models import Member
from pesue.surveys import keys
from pesue.surveys.sealing import unseal
from tests.make.awards import (
    CLOSED,
    JUDGING,
    LONG_AGO,
    VOTING,
    an_open_vote,
    called,
    category,
    colleagues,
    counted,
    standing,
    voted,
)
from tests.make.people import a_member, a_team

pytestmark = pytest.mark.thorough

State = AwardRound.State


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


@pytest.mark.django_db(transaction=True)
def test_while_it_is_open_all_boxes_are_alike_and_tell_nothing():
    found, (ana, kaj), people = an_open_vote()
    voted(found, people[:6], ana)
    voted(found, people[6:], kaj)
    boxes = list(Voter.objects.exclude(box="").values_list("box", flat=True))
    assert len(boxes) == len(set(boxes)) == 12
    assert len({len(box) for box in boxes}) == 1, "its length would tell the choice"
    assert "d" not in json.loads(found.key), "the database has the public key only"


def everything() -> list[str]:
    """Every row of every table, as text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [f"{table}: {row}" for row in cursor.fetchall()]
    return rows


@pytest.mark.django_db(transaction=True)
def test_after_it_nothing_links_a_voter_with_a_choice_or_a_code():
    found, (ana, kaj), people = an_open_vote()
    codes = voted(found, people[3:9], ana) + voted(found, people[9:], kaj)
    backup = list(Voter.objects.exclude(box="").values_list("member", "box"))
    [(_pk, file)] = keys.kept(configured.DATA / "ballots")
    secret = file.read_text()
    opened = [unseal(secret, found.pk, box) for _member, box in backup]
    assert sorted(one["code"] for one in opened) == sorted(codes), "before, one could"
    counted(found)
    assert not list((configured.DATA / "ballots").iterdir()), "the key is destroyed"
    rows = everything()
    assert not any(box in row for row in rows for _member, box in backup)
    assert not any(json.loads(secret)["d"] in row for row in rows)
    for code in codes:
        [row] = [row for row in rows if code in row]
        assert row.startswith("pesue_awardround:"), "in the list of codes alone"
    assert found.codes == sorted(codes), "in an order that tells nothing"


@pytest.mark.django_db(transaction=True)
def test_to_vote_again_takes_the_place_of_the_first():
    found, (ana, kaj), people = an_open_vote()
    [first] = voted(found, people[2:3], ana)
    [second] = voted(found, people[2:3], kaj)
    voted(found, people[3:8], kaj)
    counted(found)
    assert found.voted == 6
    assert second in found.codes
    assert first not in found.codes
    assert Win.objects.get(runner_up=False).member == people[1]


@pytest.mark.django_db
def test_whoever_is_not_on_the_roll_has_no_ballot():
    found, (ana, _kaj), _people = an_open_vote()
    late = a_member("Came later", joined_at=LONG_AGO, team=a_team())
    with pytest.raises(AwardRefused, match="not on the roll"):
        voted(found, [late], ana)
    assert not Voter.objects.filter(member=late).exists()
    assert steps.open_votes(VOTING) == 0, "the roll is made once"


@pytest.mark.django_db
def test_forged_choices_are_refused():
    found, (ana, kaj), people = an_open_vote()
    other = called("Another", way="vote")
    [elsewhere] = standing(other, people[5])
    mine = category(found).pk
    for chosen in (
        {},
        {mine: elsewhere.pk},
        {mine: 10**9},
        {category(other).pk: ana.pk},
        {mine: ana.pk, category(other).pk: elsewhere.pk},
    ):
        with pytest.raises(AwardRefused, match="Look at the list"):
            ballots.vote(found, people[2], chosen, now=VOTING)
    nominations.withdraw(kaj, now=VOTING)
    with pytest.raises(AwardRefused):
        ballots.vote(found, people[2], {mine: kaj.pk}, now=VOTING)
    assert not Voter.objects.exclude(box="").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["before", "after", "closed", "off"])
def test_no_ballot_at_another_time(how):
    found, (ana, _kaj), people = an_open_vote()
    now = {"after": CLOSED}.get(how, VOTING)
    if how == "before":
        AwardRound.objects.update(key="")
    if how == "closed":
        award_rounds.close(found, now=VOTING)
    if how == "off":
        award_rounds.call_off(found, now=VOTING)
    if how == "before":
        found.refresh_from_db()
    with pytest.raises(AwardRefused):
        voted(found, [people[2]], ana, now=now)
    assert not Voter.objects.exclude(box="").exists()


@pytest.mark.django_db
def test_fewer_than_five_are_not_counted_nor_told_of():
    found, (ana, _kaj), people = an_open_vote()
    voted(found, people[2:6], ana)
    counted(found)
    assert (found.state, found.voted, found.codes, found.votes) == (
        State.DECIDED,
        0,
        [],
        {},
    )
    assert found.outcome == {str(category(found).pk): "turnout"}
    assert not Win.objects.exists()
    assert not Voter.objects.exists()


@pytest.mark.thorough
@pytest.mark.django_db
def test_where_nearly_all_agree_it_is_not_told_how_many():
    found, (ana, kaj), people = an_open_vote()
    voted(found, people[:10], ana)
    voted(found, people[10:], kaj)
    counted(found)
    win = Win.objects.get(runner_up=False)
    assert (win.member, win.votes) == (people[0], None)
    assert found.votes == {str(category(found).pk): {"people": 12, "others": []}}


@pytest.mark.thorough
@pytest.mark.django_db
def test_counts_are_told_where_they_betray_nobody():
    found, (ana, kaj), people = an_open_vote()
    voted(found, people[:7], ana)
    voted(found, people[7:], kaj)
    counted(found)
    assert Win.objects.get(runner_up=False).votes == 7
    assert found.votes == {str(category(found).pk): {"people": 12, "others": [5]}}


@pytest.mark.thorough
@pytest.mark.django_db
def test_votes_for_who_withdrew_are_for_nobody_and_still_counted():
    people = colleagues(14)
    found = called(way="vote")
    ana, kaj, eva = standing(found, *people[:3])
    award_rounds.go_on(found, now=JUDGING)
    steps.open_votes(JUDGING)
    found.refresh_from_db()
    codes = voted(found, people[:8], ana) + voted(found, people[8:13], kaj)
    nominations.withdraw(ana, now=VOTING)
    voted(found, [people[13]], eva)
    counted(found)
    assert set(codes) < set(found.codes)
    assert Win.objects.get(runner_up=False).member == people[1]
    assert found.voted == 14


@pytest.mark.thorough
@pytest.mark.django_db
def test_whoever_leaves_before_the_count_takes_their_ballot_along():
    found, (ana, kaj), people = an_open_vote()
    codes = voted(found, people[:8], ana)
    voted(found, people[8:], kaj)
    Member.objects.filter(pk=people[2].pk).update(state=Member.State.LEFT)
    counted(found)
    assert found.voted == 11
    assert codes[2] not in found.codes


@pytest.mark.thorough
@pytest.mark.django_db
def test_level_votes_share_and_no_lot_is_drawn():
    found, (ana, kaj), people = an_open_vote(tie="shared", voters=20)
    voted(found, people[:6], ana)
    voted(found, people[6:12], kaj)
    counted(found)
    assert {win.member for win in Win.objects.all()} == {people[0], people[1]}
    assert not Win.objects.filter(runner_up=True).exists()


@pytest.mark.thorough
@pytest.mark.django_db
def test_too_many_level_is_told_and_honours_nobody():
    found, (ana, kaj), people = an_open_vote(tie="shared", voters=11)
    voted(found, people[:5], ana)
    voted(found, people[5:10], kaj)
    counted(found)  # one of thirteen may win
    assert found.outcome == {str(category(found).pk): "level"}
    assert not Win.objects.exists()


@pytest.mark.django_db
def test_one_alone_is_no_choice():
    people = colleagues(8)
    found = called(way="vote")
    standing(found, people[0])
    with pytest.raises(AwardRefused, match="no choice"):
        award_rounds.go_on(found, now=JUDGING)


@pytest.mark.thorough
@pytest.mark.django_db
def test_in_a_gala_each_category_has_its_own_choice():
    people = colleagues(14)
    found = called("Bread", "Cake", way="vote")
    ana, kaj = standing(found, people[0], people[1])
    eva, olli = standing(found, people[2], people[3], at=1)
    award_rounds.go_on(found, now=JUDGING)
    steps.open_votes(JUDGING)
    found.refresh_from_db()
    bread, cake = category(found, 0).pk, category(found, 1).pk
    for number, one in enumerate(people):
        chosen = {bread: ana.pk if number % 3 else kaj.pk, cake: olli.pk}
        ballots.vote(found, one, chosen, now=VOTING)
    counted(found)
    won = dict(Win.objects.filter(runner_up=False).values_list("category", "member"))
    assert won == {bread: people[0].pk, cake: people[3].pk}
    assert eva.member_id not in won.values()
