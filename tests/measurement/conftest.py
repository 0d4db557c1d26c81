"""A trial that several tests read."""

import random
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from pesue.trials.models import Trial
from tests.make import NOON
from tests.make.content import an_item
from tests.make.trials import (
    MAIL,
    a_running,
    teams,
    tell,
    treated,
)

DAY = timedelta(days=1)
END = NOON + 28 * DAY


@pytest.fixture
def ran(db) -> Trial:
    """Twelve teams of six; with the new subject most tell, with the old a third."""
    members = teams(12, each=6)
    item = an_item()
    trial = a_running(MAIL, unit="team", begins=NOON.date(), ends=localdate(END))
    new = treated(trial)
    tell(members[::3], NOON - 20 * DAY, item)
    chance = random.Random(4)
    told = [m for m in members if chance.random() < (0.9 if m.team_id in new else 0.3)]
    tell(told, NOON + 2 * DAY, item)
    return trial
