"""What telling adds and costs, and what experts outside say: by real actions."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.text import slugify
from django.utils.timezone import localdate

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item
from pesue.demo.company import read
from pesue.demo.house import House
from pesue.measurement.actions import outside
from pesue.measurement.actions.reports import enter_costs
from pesue.measurement.models import OutsideFile
from pesue.measurement.periods import DAY, Month
from pesue.measurement.steps import read_trials
from pesue.sharing.models import LinkDay
from pesue.surveys.actions import experts, panels
from pesue.surveys.models import Expert, Panel
from pesue.trials import actions as trials
from pesue.trials.steps import end_trials

Visits = dict[Item, dict[date, int]]


def hold_out(house: House, began: datetime, *, now: datetime) -> None:
    """From the first day on a few of the new items wait; not in a life too short."""
    told = read("measured")["hold_out"]
    ends = localdate(now) - (told["rests"] + 1) * DAY
    if ends - localdate(began) < 4 * told["days"] * DAY:
        return
    design = trials.Design(
        name=told["name"],
        question=told["question"],
        lever=HOLD_OUT.key,
        kind=HOLD_OUT.kinds[0],
        unit=HOLD_OUT.units[0],
        begins=localdate(began),
        ends=ends,
        outcome=HOLD_OUT.outcome,
        days=told["days"],
        held=told["held"],
    )
    trial = trials.propose(design, by=house.lead, now=began)
    trial.seed = told["seed"]  # one seed, one life
    trial.save()
    trials.start(trial, now=began)


def measure(house: House, chance: Random, *, now: datetime) -> None:
    """The web statistics are brought in, the hold-out is read, the costs are known."""
    told = read("measured")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        _write(path, _visits(told["web"], chance, now))
        asked = outside.asked_of(now, all_pages=True)
        file = outside.bring(
            OutsideFile.What.VISITS,
            [path],
            asked,
            name="kavijat.csv",
            by=house.lead,
            now=now,
        )
        outside.keep(file, now=now)
    over = now - told["hold_out"]["rests"] * DAY
    end_trials(over)
    read_trials(over)
    _costs(house, dict(told["costs"]), now)


def _visits(web: dict[str, Any], chance: Random, now: datetime) -> Visits:
    """What would have come anyway, less and less, and most of what our links bring."""
    ours: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    tallies = LinkDay.objects.values_list("link__share__item", "day", "people")
    for told, day, people in tallies:
        ours[told][day] += people
    found: Visits = {}
    for item in Item.objects.exclude(url_key="").filter(ready_at__isnull=False):
        begun = localdate(item.ready_at)
        found[item] = {}
        for age in range((localdate(now) - begun).days):
            day = begun + age * DAY
            usual = web["first"] * web["fades"] ** age + 1
            more = web["added"] * ours[item.pk][day]
            found[item][day] = round(usual * chance.uniform(0.7, 1.3) + more)
    return found


def _write(path: Path, visits: Visits) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["address", "day", "visits"])
        for item, days in visits.items():
            rows.writerows([item.url, f"{day}", number] for day, number in days.items())


def _costs(house: House, costs: dict[str, Any], now: datetime) -> None:
    month = Month.of(localdate(now))
    for _each in range(costs.pop("months")):
        month = Month.of(month.begins - DAY)
        enter_costs(month, costs, by=house.lead, now=now)


def consult(house: House, *, now: datetime) -> None:
    """A panel of experts that named, ranked, and can be read by everybody."""
    told = read("measured")["panel"]
    at = {name: now - timedelta(days=told[name]) for name in STAGES}
    panel = panels.ask_panel(
        title=told["title"],
        question=told["question"],
        language="fi",
        opens=localdate(at["begins"]),
        closes=localdate(now) - DAY,
        by=house.lead,
        now=at["begins"],
    )
    invited = [_invite(panel, entry, at["begins"]) for entry in told["expert"]]
    for expert, entry in invited:
        named = [tuple(told["trends"][place]) for place in entry["names"]]
        today = localdate(at["begins"])
        experts.name_trends(expert, named, edition=expert.edition, today=today)
    panels.list_trends(panel, now=at["lists"])
    panels.start_ranking(panel, now=at["ranks"])
    keys = dict(panel.trends.values_list("words", "pk"))
    order = [keys[words] for words, _why in told["trends"]]
    for expert, entry in invited:
        expert.refresh_from_db()
        experts.rank(
            expert,
            [order[place] for place in entry["ranks"]],
            quote=entry.get("quote", ""),
            quoting=Expert.Quoting.NAMED if "quote" in entry else "",
            edition=expert.edition,
            today=localdate(at["ranks"]),
        )
    panel.refresh_from_db()
    panels.close_panel(panel, now=at["closes"])
    panel.refresh_from_db()
    panels.publish(panel, beside=None, now=at["closes"])


STAGES = ("begins", "lists", "ranks", "closes")


def _invite(
    panel: Panel, entry: dict[str, Any], at: datetime
) -> tuple[Expert, dict[str, Any]]:
    made = experts.invite(
        panel,
        name=entry["name"],
        email=f"{slugify(entry['name'])}@asiantuntijat.example",
        language="fi",
        who=entry["who"],
        now=at,
    )
    return made, entry
