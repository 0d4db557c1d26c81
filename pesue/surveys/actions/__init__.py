"""Asking, answering and closing; panels; figures for others and from them."""

from pesue.surveys.actions.asked import (
    LONGEST,
    answer,
    ask,
    close,
    drop,
    open_survey,
)
from pesue.surveys.actions.refusals import NotDone

__all__ = ["LONGEST", "NotDone", "answer", "ask", "close", "drop", "open_survey"]
