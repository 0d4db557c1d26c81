from pesue.measurement.models.exchange import HouseTrials, ToldTrials
from pesue.measurement.models.outside import (
    BrandDay,
    CoveredDay,
    Happened,
    OutsideFile,
    PageVisits,
    VisitedPage,
)
from pesue.measurement.models.paths import MonthPaths
from pesue.measurement.models.readings import TrialReading
from pesue.measurement.models.reports import MonthCost, OpenReport, PutAside
from pesue.measurement.models.senders import Heard, Sender

__all__ = [
    "BrandDay",
    "CoveredDay",
    "Happened",
    "Heard",
    "HouseTrials",
    "MonthCost",
    "MonthPaths",
    "OpenReport",
    "OutsideFile",
    "PageVisits",
    "PutAside",
    "Sender",
    "ToldTrials",
    "TrialReading",
    "VisitedPage",
]
