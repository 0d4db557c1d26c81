"""What moves the people of the company, said by about half of them."""

from datetime import datetime
from random import Random

from django.utils.timezone import localdate

from pesue.demo.house import House
from pesue.encouragement.actions.motives import keep
from pesue.encouragement.actions.releasing import release
from pesue.encouragement.motives import ITEMS, MOTIVES, REWARDS
from pesue.surveys.scales import SCALES

SAID = 0.6
LEANING = ((1, 4, 3), (2, 2, 5), (3, 2, 3))  # of teams, by turns: by motive


def move(house: House, chance: Random, *, now: datetime) -> None:
    """Profiles, and what was told of them on the first of the month."""
    for member in house.people:
        if member != house.advocate and chance.random() < SAID:
            weights = LEANING[(member.team_id or 0) % len(LEANING)]
            [motive] = chance.choices(MOTIVES, weights)
            keep(member, _saying(motive, chance))
    release(on=localdate(now).replace(day=1))


def _saying(motive: str, chance: Random) -> dict[str, str]:
    """Answers that lean to one motive, with the noise of a real person."""
    said = {}
    for own, keys in ITEMS.items():
        level = chance.gauss(5.6 if own == motive else 3.9, 0.7)
        for key in keys:
            said[key] = str(min(7, max(1, round(chance.gauss(level, 0.7)))))
    for task, scale in (("T1", "rewards"), ("T2", "learning")):
        options = [key for key in SCALES[scale].keys if key in REWARDS]
        chance.shuffle(options)
        options.sort(key=lambda one: REWARDS[one] != motive)
        said |= {f"{task}most": options[0], f"{task}least": options[-1]}
    return said
