"""Who holds the database, its log and its backups has sealed boxes, all alike."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as configured
from django.db import connection

from pesue.surveys import keys, steps
from pesue.surveys.actions import answer, ask
from pesue.surveys.models import Answer, Remark, Survey
from pesue.surveys.sealing import Unreadable, new_keys, seal, unseal
from tests.make.people import a_member

pytestmark = pytest.mark.thorough

DAY = date(2026, 3, 5)
OPEN, CLOSED = (
    datetime(2026, 3, 5, 12, tzinfo=UTC),
    datetime(2026, 3, 6, 12, tzinfo=UTC),
)
TELLING = "The ovens of hall seven"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA = tmp_path


def a_wave(people: int = 10) -> Survey:
    survey = ask("annual", "Yearly", opens=DAY, closes=DAY, by=None)
    steps.make_keys(OPEN)
    survey.refresh_from_db()
    for number in range(people):
        chosen = {
            q.pk: "silent" if q.scale != "text" else f"{TELLING}, {number:02}"
            for q in survey.questions.all()
        }
        answer(survey, a_member(), chosen, today=DAY)
    return survey


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_while_it_is_open_tells_nothing():
    survey = a_wave()
    boxes = list(Answer.objects.values_list("box", flat=True))
    assert len({len(box) for box in boxes}) == 1, "its length would tell whose it is"
    assert len(set(boxes)) == len(boxes), "two who say the same have different boxes"
    assert "d" not in json.loads(survey.key), "the database has the public key only"
    assert not any(TELLING in box for box in boxes)


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_the_wave_cannot_be_opened_after_it():
    survey = a_wave()
    backup = list(Answer.objects.values_list("member", "box"))
    [(_survey, file)] = keys.kept(configured.DATA / "surveys")
    secret = file.read_text()
    assert unseal(secret, survey.pk, backup[0][1]), "before, the worker could"
    steps.count(CLOSED)
    assert not list((configured.DATA / "surveys").iterdir())
    assert Remark.objects.count() == 10
    assert not Answer.objects.exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any(json.loads(secret)["d"] in str(row) for row in cursor)


@pytest.mark.django_db(transaction=True)
def test_no_kept_row_is_in_the_order_of_those_who_answered():
    a_wave(people=40)
    steps.count(CLOSED)
    words = list(Remark.objects.order_by("pk").values_list("words", flat=True))
    assert len(words) == 40
    assert words != sorted(words), "they were given in order"


def test_a_box_opens_with_its_own_key_and_for_its_own_survey():
    secret, public = new_keys()
    box = seal(public, 1, {"3": "lived"}, size=100)
    assert unseal(secret, 1, box) == {"3": "lived"}
    for key, survey, tampered in (
        (new_keys()[0], 1, box),
        (secret, 2, box),
        (secret, 1, box[:-8] + "AAAAAAAA"),
        (secret, 1, "nothing"),
    ):
        with pytest.raises(Unreadable):
            unseal(key, survey, tampered)
    with pytest.raises(ValueError, match="bytes"):
        seal(public, 1, {"3": "x" * 100}, size=100)


def test_boxes_that_many_seal_at_once_can_all_be_opened():
    """Each has a key of its own in its head, which no other thread may write over."""
    secret, public = new_keys()

    def sealed(number: int) -> str:
        return seal(public, 1, {"1": str(number)}, size=100)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as threads:
            boxes = list(threads.map(sealed, range(300)))
    finally:
        sys.setswitchinterval(before)
    assert [unseal(secret, 1, box)["1"] for box in boxes] == [
        str(number) for number in range(300)
    ]
