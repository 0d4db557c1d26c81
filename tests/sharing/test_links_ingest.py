import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as within
from hypothesis import strategies as st

from pesue.sharing.actions import links as actions
from pesue.sharing.actions.visits import recount, store
from pesue.sharing.clicks import log, segments
from pesue.sharing.clicks.log import Click, ClickLog
from pesue.sharing.models import Link, LinkDay, Visit
from pesue.sharing.models.links import ClickSegment, Salt
from pesue.sharing.queries import links as queries
from pesue.sharing.steps import links as steps
from tests.make import NOON
from tests.make.sharing import a_share


def a_link() -> Link:
    return actions.make_link(a_share(), now=NOON)


def a_click(
    link: int, visitor: int = 1, *, at: datetime = NOON, kind: str = ""
) -> Click:
    ms = int(at.timestamp() * 1000)
    return Click(ms, link, f"{visitor:016x}", kind, "phone", "x")


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.CLICK_LOG = tmp_path
    return tmp_path


def wrote(folder: Path, *clicks: Click, name: str = "clk-1-1-x.log") -> Path:
    path = folder / name
    with path.open("ab") as file:
        file.write(b"".join(map(log.line, clicks)))
    return path


def tallies() -> list[tuple[int, date, int, int, int]]:
    rows = LinkDay.objects.order_by("link_id", "day")
    return list(rows.values_list("link_id", "day", "people", "hits", "robots"))


@pytest.mark.django_db
def test_lines_become_visits_and_tallies_and_the_segment_goes(folder):
    link = a_link()
    path = wrote(
        folder,
        a_click(link.pk, 1),
        a_click(link.pk, 1),
        a_click(link.pk, 2**64 - 1),
        a_click(link.pk, 3, kind="preview"),
        a_click(link.pk, 1, kind="prefetch"),
        a_click(link.pk, 1, at=NOON + timedelta(hours=11)),  # after midnight here
    )
    assert steps.ingest(NOON) == 6
    today, tomorrow = date(2026, 3, 2), date(2026, 3, 3)
    assert tallies() == [(link.pk, today, 2, 3, 2), (link.pk, tomorrow, 1, 1, 0)]
    assert not path.exists()
    visit = Visit.objects.order_by("pk")[0]
    assert (visit.at, visit.day, visit.source, visit.device, visit.robot) == (
        NOON, today, "x", "phone", "",
    )  # fmt: skip
    firsts = list(Visit.objects.order_by("pk").values_list("first", flat=True))
    assert firsts == [True, False, True, False, False, True]
    assert queries.people([link.share_id, 0]) == {link.share_id: 3}
    assert queries.by_day([link.share_id], since=today, until=today) == [
        (today, 2, 3, 2)
    ]


@pytest.mark.django_db
def test_the_same_log_a_second_time_adds_nothing(folder):
    link = a_link()
    path = wrote(folder, a_click(link.pk), a_click(link.pk, 2))
    kept = path.read_bytes()
    steps.ingest(NOON)
    path.write_bytes(kept)  # back from a backup, say
    assert steps.ingest(NOON) == 0
    assert Visit.objects.count() == 2
    assert not path.exists()


@pytest.mark.django_db
def test_a_living_writers_segment_is_followed_line_by_line(folder):
    link = a_link()
    kept = ClickLog(folder)
    for n in range(3):
        kept.write(log.line(a_click(link.pk, n)))
        assert steps.ingest(NOON) == 1
    assert len(segments.names(folder)) == 1
    kept.close()
    assert steps.ingest(NOON) == 0
    assert segments.names(folder) == []
    assert queries.people([link.share_id]) == {link.share_id: 3}


@pytest.mark.django_db
def test_batches_end_between_lines(folder, monkeypatch):
    monkeypatch.setattr(segments, "BATCH", 200)
    link = a_link()
    wrote(folder, *(a_click(link.pk, n % 7) for n in range(50)))
    assert steps.ingest(NOON) == 50
    assert tallies() == [(link.pk, date(2026, 3, 2), 7, 50, 0)]


@pytest.mark.django_db
def test_damaged_lines_are_counted_and_the_rest_is_stored(folder):
    link = a_link()
    whole = log.line(a_click(link.pk))
    (folder / "clk-1-1-x.log").write_bytes(
        whole + b"rubbish\n" + whole[:30] + b"\n\n" + whole[:-3] + b"zz\n" + whole
    )
    assert steps.ingest(NOON) == 2
    row = ClickSegment.objects.get()
    assert (row.bad, row.lost) == (3, 0)


@pytest.mark.django_db
def test_clicks_of_an_erased_link_do_not_stop_the_others(folder):
    link = a_link()
    wrote(folder, a_click(link.pk), a_click(link.pk + 999), a_click(link.pk, 2))
    steps.ingest(NOON)
    assert Visit.objects.count() == 2
    assert ClickSegment.objects.get().lost == 1


@pytest.mark.django_db
def test_a_batch_that_fails_leaves_nothing_of_itself(folder, monkeypatch):
    link = a_link()
    path = wrote(folder, a_click(link.pk))

    def fail(*_args: object) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("pesue.sharing.actions.visits._add", fail)
        with pytest.raises(ValueError):  # noqa: PT011
            steps.ingest(NOON)
    assert path.exists()
    assert not Visit.objects.exists()
    assert not ClickSegment.objects.exists()
    assert steps.ingest(NOON) == 1


@pytest.mark.django_db
def test_only_one_process_stores(folder):
    link = a_link()
    wrote(folder, a_click(link.pk))
    with segments.alone(folder) as mine:
        assert mine
        assert steps.ingest(NOON) == 0
    assert steps.ingest(NOON) == 1


@pytest.mark.django_db
def test_a_reader_who_lost_the_race_stores_nothing(folder):
    link = a_link()
    path = wrote(folder, a_click(link.pk))
    with segments.opened(path) as segment:
        batch = segment.batch(0)
    row = ClickSegment(name=path.name)
    steps._take(batch, row, NOON)
    with pytest.raises(steps.OperationalError):
        steps._take(batch, row, NOON)
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_several_ingesters_at_once_store_each_line_once(folder):
    links = [a_link().pk for _ in range(3)]
    for n in range(6):
        clicks = [a_click(links[k % 3], k % 40) for k in range(300)]
        wrote(folder, *clicks, name=f"clk-{n}-1-x.log")
    failures: list[BaseException] = []

    def ingest() -> None:
        try:
            for _ in range(5):
                steps.ingest(NOON)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ingest) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    steps.ingest(NOON)
    assert not failures
    assert Visit.objects.count() == 1800
    assert sum(row[2] for row in tallies()) == 120  # visitor k meets all three links
    assert sum(row[3] for row in tallies()) == 1800


@pytest.mark.django_db
@within(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    batches=st.lists(
        st.lists(
            st.tuples(
                st.integers(0, 2),  # link
                st.integers(0, 3),  # visitor
                st.integers(0, 60),  # hours later
                st.sampled_from(["", "", "robot", "prefetch"]),
            ),
            max_size=12,
        ),
        max_size=5,
    )
)
def test_tallies_agree_with_the_visits_they_are_made_of(batches):
    LinkDay.objects.all().delete()
    Visit.objects.all().delete()
    links = [link.pk for link in Link.objects.all()[:3]]
    links += [a_link().pk for _ in range(3 - len(links))]
    for batch in batches:
        store(
            [
                a_click(links[link], who, at=NOON + timedelta(hours=late), kind=kind)
                for link, who, late, kind in batch
            ],
            now=NOON,
        )
    added = tallies()
    recount(links, now=NOON)
    assert tallies() == added
    people = {(link, day, who) for link, day, who in _people()}
    assert sum(row[2] for row in added) == len(people)
    assert sum(row[3] + row[4] for row in added) == sum(map(len, batches))


def _people() -> list[tuple[int, date, int]]:
    return list(Visit.objects.filter(robot="").values_list("link_id", "day", "visitor"))


@pytest.mark.django_db
def test_a_wrong_tally_is_mended_and_an_old_one_left():
    link = a_link()
    store([a_click(link.pk), a_click(link.pk, 2)], now=NOON)
    LinkDay.objects.update(people=99)
    old = LinkDay.objects.create(
        link=link, day=date(2025, 1, 1), people=5, hits=5, robots=0, changed_at=NOON
    )
    recount([link.pk], now=NOON)
    assert queries.people([link.share_id]) == {link.share_id: 2 + old.people}


@pytest.mark.django_db
def test_visits_age_and_their_tallies_stay(folder, settings):
    settings.KEEP_VISITS = timedelta(days=30)
    link = a_link()
    store(
        [a_click(link.pk, at=NOON), a_click(link.pk, 2, at=NOON + timedelta(days=1))],
        now=NOON,
    )
    before = tallies()
    assert steps.forget_visits(NOON + timedelta(days=30)) == 0
    assert steps.forget_visits(NOON + timedelta(days=31)) == 1
    assert [visit.visitor for visit in Visit.objects.all()] == [2]
    recount([link.pk], now=NOON + timedelta(days=31))
    assert tallies() == before


@pytest.mark.django_db(transaction=True)
def test_a_salt_is_shared_for_its_day_and_then_nowhere_to_be_found(settings):
    today, now = date(2026, 3, 2), datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    secret = actions.salt_of(today)  # 22 o'clock UTC is midnight in Helsinki
    assert actions.salt_of(today) == secret
    kept = actions.salt_of(date(2026, 3, 3))
    assert kept != secret
    assert steps.destroy_salts(now + timedelta(minutes=59)) == 0
    assert steps.destroy_salts(now + timedelta(minutes=61)) == 1
    assert [bytes(row.secret) for row in Salt.objects.all()] == [kept]
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        found = b"".join(
            path.read_bytes()
            for path in (Path(name), Path(f"{name}-wal"))
            if path.exists()
        )
        assert kept in found
        assert secret not in found


@pytest.mark.django_db(transaction=True)
def test_two_doors_that_open_at_midnight_share_one_salt():
    begin = threading.Barrier(4)
    drawn: set[bytes] = set()

    def draw() -> None:
        begin.wait()
        drawn.add(actions.salt_of(date(2026, 3, 2)))
        connection.close()

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("n", [1, 3])
def test_people_of_any_number_of_shares_is_one_question(n, django_assert_num_queries):
    links = [a_link() for _ in range(n)]
    store([a_click(link.pk) for link in links], now=NOON)
    with django_assert_num_queries(1):
        assert len(queries.people([link.share_id for link in links])) == n


@pytest.mark.django_db
def test_whether_one_came_before_is_found_by_index():
    rows = Visit.objects.filter(first=True, day=NOON.date(), visitor__in=[1, 2])
    if connection.vendor == "sqlite":
        assert "first_only_once" in rows.explain()
