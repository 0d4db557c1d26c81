"""Surveys of the members, panels of experts from outside, figures of others."""

from pesue.surveys.models.asked import (
    Answer,
    Remark,
    Survey,
    SurveyQuestion,
    Tally,
)
from pesue.surveys.models.benchmarks import Exported, Neighbour, SigningKey
from pesue.surveys.models.panels import Expert, Idea, Panel, Trend

__all__ = [
    "Answer",
    "Expert",
    "Exported",
    "Idea",
    "Neighbour",
    "Panel",
    "Remark",
    "SigningKey",
    "Survey",
    "SurveyQuestion",
    "Tally",
    "Trend",
]
