"""What is not kept of questions: the text after a month, the rest after a year."""

from datetime import datetime, timedelta

from pesue.guidance.models import Ask

DRAFTS = timedelta(days=30)  # after the answer
ASKS = timedelta(days=365)  # after they were asked
AT_ONCE = 1000


def forget_asks(now: datetime) -> int:
    """Drop texts and old questions; what stands on a topic's page stays."""
    texts = Ask.objects.filter(
        state=Ask.State.ANSWERED, state_since__lt=now - DRAFTS
    ).exclude(draft="")
    forgotten = texts.update(draft="")
    old = Ask.objects.filter(asked_at__lt=now - ASKS).values_list("pk", flat=True)
    gone, _tables = Ask.objects.filter(pk__in=list(old[:AT_ONCE])).delete()
    return forgotten + gone
