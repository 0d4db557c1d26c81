"""What one may ask about teams and members."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pesue.people import tables
from pesue.people.models import ImportRow, Member, PeopleImport, Team

PAGE = 50


def tree(teams: Iterable[Team]) -> list[Team]:
    """The teams in the order of the tree: each after the one it is under, by name."""
    below: dict[int | None, list[Team]] = defaultdict(list)
    known = {team.pk: team for team in teams}
    for team in known.values():
        top = team.parent_id if team.parent_id in known else None
        below[top].append(team)
    found: list[Team] = []
    waiting = sorted(below[None], key=lambda t: t.name.casefold(), reverse=True)
    while waiting:
        team = waiting.pop()
        found.append(team)
        waiting += sorted(below[team.pk], key=lambda t: t.name.casefold(), reverse=True)
    return found


def with_sizes(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Each with `size`: its own members who are here or invited."""
    here = Q(members__state__in=[Member.State.ACTIVE, Member.State.INVITED])
    return teams.annotate(size=Count("members", filter=here))


@dataclass(frozen=True)
class Page:
    """Some rows, and where the ones before and after them begin, if any."""

    rows: list[Member]
    before: int | None
    after: int | None


def page(
    members: QuerySet[Member], *, after: int | None = None, before: int | None = None
) -> Page:
    """PAGE members by name, following the member `after` or preceding `before`."""
    anchor = (
        Member.objects.filter(pk=after or before or 0).values_list("name", "pk").first()
    )
    rows = members.order_by("name", "pk")
    if anchor and after:
        name, pk = anchor
        rows = rows.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk), name__gte=name)
    if anchor and before:
        name, pk = anchor
        rows = rows.filter(Q(name__lt=name) | Q(name=name, pk__lt=pk), name__lte=name)
        rows = rows.order_by("-name", "-pk")
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    backwards = bool(anchor and before)
    if backwards:
        found.reverse()
    has_before = more if backwards else bool(anchor)
    has_after = True if backwards else more
    return Page(
        found,
        found[0].pk if found and has_before else None,
        found[-1].pk if found and has_after else None,
    )


def search(
    members: QuerySet[Member], *, words: str, team: Team | None, state: str
) -> QuerySet[Member]:
    """Those whose name or address has each of the words; of one team and below."""
    if state:
        members = members.filter(state=state)
    else:
        members = members.filter(state__in=[Member.State.ACTIVE, Member.State.INVITED])
    for word in words.split()[:5]:
        members = members.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if team is not None:
        members = members.filter(team__path__startswith=team.path)
    return members


def bad_rows(batch: PeopleImport) -> QuerySet[ImportRow]:
    """Lines that cannot be imported, in the file's order."""
    rows = ImportRow.objects.filter(batch=batch, kind=ImportRow.Kind.BAD)
    return rows.order_by("number")


def good_rows(batch: PeopleImport) -> QuerySet[ImportRow]:
    rows = ImportRow.objects.filter(batch=batch).exclude(kind=ImportRow.Kind.BAD)
    return rows.order_by("number")


def new_teams(batch: PeopleImport) -> list[str]:
    """Written paths of the teams that the import would make."""
    wanted = good_rows(batch).order_by("team").values_list("team", flat=True).distinct()
    known = {path.casefold() for path in written_paths().values()}
    return [path for path in wanted if path and path.casefold() not in known]


def written_paths() -> dict[int, str]:
    """Each team's names from the top, "Parent / Child"."""
    names = dict(Team.objects.values_list("pk", "name"))
    return {
        pk: " / ".join(names[int(part)] for part in path.strip("/").split("/"))
        for pk, path in Team.objects.values_list("pk", "path")
    }


def missing_from(batch: PeopleImport, members: QuerySet[Member]) -> QuerySet[Member]:
    """Members here or invited whose address is on no line of the list."""
    lines = ImportRow.objects.filter(batch=batch, email=OuterRef("email"))
    here = [Member.State.ACTIVE, Member.State.INVITED]
    return members.filter(~Exists(lines), state__in=here)


def as_csv(members: QuerySet[Member], language: str) -> Iterator[str]:
    """The members as a file that spreadsheets open and that we read back."""
    separator = "," if language == "en" else ";"  # as the spreadsheets of each expect
    paths = written_paths()
    header = tables.HEADERS.get(language, tables.HEADERS["en"])
    yield "\ufeff" + _line(header, separator)
    rows = members.order_by("pk").select_related(None)
    for member in rows.iterator(chunk_size=2000):
        team = paths.get(member.team_id, "") if member.team_id else ""
        cells = [member.email, member.name, member.title, team, member.language]
        yield _line([*cells, member.state_words], separator)


def _line(cells: list[str], separator: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator).writerow([tables.safe(c) for c in cells])
    return line.getvalue()
