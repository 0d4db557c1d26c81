"""What is not kept of questions: the text after a month, the rest after a year."""

from datetime import datetime, timedelta

from pesue.guidance.models import Ask

DRAFTS = timedelta(days=30)  # after the answer
ASKS = timedelta(days=365)


def forget_asks(now: datetime) -> int:
    """Drop texts and old questions; what stands on a topic's page stays."""
    over = Ask.objects.exclude(state=Ask.State.OPEN)
    texts = over.exclude(draft="").filter(state_since__lt=now - DRAFTS)
    forgotten = texts.update(draft="")
    gone, _tables = over.filter(shown=False, state_since__lt=now - ASKS).delete()
    return forgotten + gone
