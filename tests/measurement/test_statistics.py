"""What the statistics are: declared whole, and the same answers everywhere."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as ours
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ibis.backends.sql.compilers import DuckDBCompiler, PySparkCompiler

from pesue.foundation.counts import Count, K, Statistic
from pesue.foundation.models import Run, name_of
from pesue.foundation.rows import Rows
from pesue.measurement.access import cuts_for
from pesue.measurement.actions.counts import COUNTED, fill
from pesue.measurement.models import Happened
from pesue.measurement.periods import DAY, Month, monday
from pesue.measurement.queries import acts
from pesue.measurement.queries.own import own
from pesue.measurement.queries.results import CUTS
from pesue.measurement.statistics import AFTERWARDS
from pesue.measurement.steps import count
from pesue.people.models import Member, Team
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.statistics import BY_DAY, STATISTICS
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, a_team
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.thorough

ALL = [*STATISTICS, *BY_DAY, *AFTERWARDS]
SQL = Path(__file__).parent / "sql"
UNTIL = date(2026, 5, 4)  # a Monday, when March and April are over
MONTHS = [Month(2026, 3), Month(2026, 4)]
PLACES = ("item", "channel", "topic", "team")

# --- Declared


@pytest.mark.parametrize("statistic", ALL, ids=lambda of: of.name)
def test_each_statistic_says_what_it_is(statistic: Statistic) -> None:
    assert statistic.label
    assert statistic.unit
    told = str(statistic.definition)
    assert told.endswith(".")
    assert ". " not in told  # one sentence; what else to know is in `beware`
    assert statistic.k >= K
    known = statistic.basis != "unknown"
    assert (bool(statistic.counted), bool(statistic.acts)) == (known, known)


def test_no_two_statistics_have_one_name() -> None:
    assert len({of.name for of in ALL}) == len(ALL)


@pytest.mark.django_db
def test_leads_alone_see_numbers_by_place() -> None:
    assert (cuts_for(a_lead()), cuts_for(a_member())) == (CUTS, ())
    assert {of.cuts for of in COUNTED} == {"leads", None}


def test_what_answers_requests_never_imports_ibis() -> None:
    """It takes a second and 40 MB: nothing that a page or a link should wait for."""
    both = "import sys, pesue.wsgi, pesue.sharing.clicks.server"
    done = subprocess.run(
        [sys.executable, "-c", f"{both}; sys.exit('ibis' in sys.modules)"],
        env={"PESUE_DATA": str(ours.DATA)},
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0


# --- Compiled


def alike() -> dict[str, list[Statistic]]:
    """The statistics that are made of the same acts, by the first one's name."""
    found = defaultdict(list)
    for of in [*COUNTED, *BY_DAY]:
        found[of.counted.acts].append(of)
    return {those[0].name: those for those in found.values()}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize(("first", "those"), alike().items(), ids=alike())
def test_the_sql_is_as_it_was(
    first: str, those: list[Statistic], database: str
) -> None:
    """Delete a file to have it written anew; then read what has changed in it."""
    kept = SQL / f"{first}.{database}.sql"
    sql = acts.asked(tuple(of.counted for of in those), acts.PLACE, database) + "\n"
    if not kept.exists():
        kept.write_text(sql)
    assert sql == kept.read_text()
    assert "%" not in sql  # which a driver would take for a parameter


@pytest.mark.parametrize("compiler", [DuckDBCompiler(), PySparkCompiler()], ids=type)
@pytest.mark.parametrize("statistic", [*COUNTED, *BY_DAY], ids=lambda of: of.name)
def test_each_compiles_for_what_reads_files(compiler, statistic) -> None:
    its_acts = statistic.counted.acts(Rows())
    number = its_acts.agg(number=statistic.counted.number(its_acts))
    assert compiler.to_sqlglot(number).sql(compiler.dialect)


# --- Days


AROUND_CHANGES = st.one_of(
    st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30)),
    st.sampled_from(range(60 * 24)).map(
        lambda n: datetime(2026, 3, 28, 12) + n * timedelta(minutes=1)
    ),
)
CLOCKS = ["Europe/Helsinki", "America/Santiago", "Africa/Cairo", "Asia/Kathmandu"]


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(AROUND_CHANGES, min_size=1, max_size=8), st.sampled_from(CLOCKS))
def test_a_post_is_on_its_day_by_any_clock(moments: list[datetime], clock: str) -> None:
    """Also where clocks change, at midnight too (Santiago on 4 April 2026)."""
    Share.objects.all().delete()
    zone = ZoneInfo(clock)
    truth: dict[date, int] = defaultdict(int)
    with override_settings(TIME_ZONE=clock):
        for moment in moments:
            at = moment.replace(tzinfo=UTC)
            a_told(at=at)
            truth[at.astimezone(zone).date()] += 1
        told = list(acts.happened(COUNTED, date(2026, 2, 23), UNTIL))
    found: dict[date, int] = defaultdict(int)
    for act in told:
        found[act.day] += act.numbers["shares.published"]
    assert found == truth


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-28T21:59:59.999999", 28),
        ("2026-03-28T22:00:00", 29),  # clocks go forward on this day of 23 hours
        ("2026-03-29T20:59:59.999999", 29),
        ("2026-03-29T21:00:00", 30),
    ],
)
@pytest.mark.django_db
def test_a_day_ends_to_the_microsecond(at: str, day: int) -> None:
    a_told(at=datetime.fromisoformat(at).replace(tzinfo=UTC))
    [act] = acts.happened(COUNTED, date(2026, 3, 2), UNTIL)
    assert act.day == date(2026, 3, day)


# --- The same answer from rows and from counts


def by_hand() -> Iterator[tuple[str, Share, date, int]]:
    """What each row adds to which statistic, without SQL and without Ibis."""
    zone = ZoneInfo(ours.TIME_ZONE)
    for share in Share.objects.filter(state__in=["shared", "deleted"]):
        day = share.shared_at.astimezone(zone).date()
        way = "published" if share.way == "api" else "confirmed"
        yield "shares.people", share, day, 0
        yield f"shares.{way}", share, day, 1
    for row in LinkDay.objects.select_related("link__share"):
        yield "visits.people", row.link.share, row.day, row.people
        yield "visits.hits", row.link.share, row.day, row.hits
    for row in Happened.objects.select_related("link__share"):
        yield f"after.{row.kind}", row.link.share, row.day, row.number


def keys(statistic: str, share: Share, day: date) -> Iterator[tuple[object, ...]]:
    """The figures that an act is in."""
    month = Month.of(day).begins
    yield statistic, "day", day, "all", ""
    yield statistic, "week", monday(day), "all", ""
    yield statistic, "month", month, "all", ""
    if statistic.startswith("after."):
        return
    yield statistic, "month", month, "item", str(share.item_id)
    yield statistic, "month", month, "channel", share.channel
    if share.topic_id:
        yield statistic, "month", month, "topic", str(share.topic_id)
    team = share.team
    while team:
        yield statistic, "month", month, "team", str(team.pk)
        team = team.parent


def truth() -> dict[tuple[object, ...], tuple[int, int]]:
    """By figure: its number, and how many people are in it."""
    numbers: dict[tuple[object, ...], int] = defaultdict(int)
    people: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for statistic, share, day, number in by_hand():
        for key in keys(statistic, share, day):
            numbers[key] += number
            people[key].add(share.member_id)
    return {
        key: (len(who) if key[0] == "shares.people" else numbers[key], len(who))
        for key, who in people.items()
    }


def counted() -> dict[tuple[object, ...], tuple[int, int]]:
    return {
        tuple(key): (number, people)
        for *key, number, people in Count.objects.filter(people__gt=0).values_list(
            "statistic", "grain", "begins", "cut", "key", "number", "people"
        )
    }


def straight(of: Statistic, cut: str, month: Month) -> dict[str, int]:
    """The statistic's own expression, asked of the rows by one column."""
    days = [month.begins + n * DAY for n in range((month.ends - month.begins).days)]
    sql = acts.asked((of.counted,), (cut,), connection.vendor)
    return {str(key): int(number) for key, number in acts.answers(sql, days) if number}


@pytest.fixture
def cast(db: None) -> tuple[list[Member], list[object]]:
    top = a_team("Top")
    homes: list[Team | None] = [None, top, a_team("A", top), a_team("B", top)]
    members = [a_member(f"M {n}", team=homes[n % 4]) for n in range(10)]
    return members, [an_item(f"I {n}") for n in range(4)]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 9),  # member
        st.integers(0, 3),  # item
        st.sampled_from(["mastodon", "bluesky", "x"]),
        st.sampled_from(["api", "copy"]),
        st.integers(0, 63 * 24 * 60 - 61),  # minutes from the first midnight
        st.integers(0, 4),  # readers
        st.sampled_from(["", *Happened.Kind.values]),
        st.sampled_from(["shared", "shared", "deleted", "handed"]),
    ),
    max_size=25,
)


def tell(cast, rows, stored: datetime) -> None:
    members, items = cast
    for who, item, channel, way, minutes, readers, outcome, state in rows:
        at = datetime(2026, 3, 1, 22, tzinfo=UTC) + timedelta(minutes=minutes)
        day = at.astimezone(ZoneInfo(ours.TIME_ZONE)).date()
        share = a_told(
            at=at, member=members[who], item=items[item], channel=channel, way=way
        )
        Share.objects.filter(pk=share.pk).update(
            state=state,
            state_since=stored,
            shared_at=None if state == "handed" else at,
        )
        if readers and state != "handed":
            tally = some_readers(share, readers, day=day, at=stored, hits=9)
            if outcome:
                Happened.objects.create(
                    kind=outcome,
                    link=tally.link,
                    day=day,
                    number=readers,
                    changed_at=stored,
                )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS, st.permutations(MONTHS * 2), st.booleans())
def test_counts_say_what_the_rows_say(cast, first, late, order, anew) -> None:
    """In any order of months, with rows that come late, or from nothing."""
    for model in (Share, Count, Run):
        model.objects.all().delete()
    end = datetime(2026, 5, 4, 12, tzinfo=UTC)
    tell(cast, first, end - timedelta(hours=1))
    for month in order:
        fill(month, until=UNTIL)
    Run.objects.create(step=name_of(count), finished_at=end)

    late = [row for row in late if row[-1] != "deleted"]  # deleted when it was counted
    tell(cast, late, end + timedelta(minutes=5))
    if anew:
        Count.objects.all().delete()
    count(end + timedelta(minutes=6))

    assert counted() == truth()
    for of in COUNTED:
        for cut in ("item", "channel") if of.cuts else ():
            for month in MONTHS:
                rows = Count.objects.filter(
                    statistic=of.name, cut=cut, begins=month.begins, number__gt=0
                )
                found = dict(rows.values_list("key", "number"))
                assert found == straight(of, cut, month)
    assert not Count.objects.filter(shown=True, people__lt=K).exists()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_ones_own_numbers_are_ones_part_of_them(cast, rows) -> None:
    Share.objects.all().delete()
    tell(cast, rows, NOON)
    told: dict[tuple[int, str], int] = defaultdict(int)
    for act in acts.happened(COUNTED, date(2026, 3, 2), UNTIL):
        for name, number in act.numbers.items():
            told[act.member, name] += number
    for member in cast[0]:
        for name, number in own(member, date(2026, 3, 2)).items():
            assert number == told[member.pk, name]
