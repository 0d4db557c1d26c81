"""What surveys said, how a panel ranked, and how we stand beside others."""

from pesue.surveys.queries.asked import (
    Result,
    Results,
    asked_of,
    has_answered,
    newest_counted,
    quality,
    results,
    surveys,
    waiting_for,
)

__all__ = [
    "Result",
    "Results",
    "asked_of",
    "has_answered",
    "newest_counted",
    "quality",
    "results",
    "surveys",
    "waiting_for",
]
