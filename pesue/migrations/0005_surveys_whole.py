"""Surveys of before: kept are the figures of all, and nothing else.

Figures by team were kept for every team, however small. Open surveys are asked again.
"""

from typing import Any

from django.db import migrations
from django.db.models import Sum
from django.utils.timezone import localdate, now

K = 5


def keep_the_whole(apps: Any, schema_editor: Any) -> None:
    survey, tally, answered = (
        apps.get_model("pesue", name) for name in ("Survey", "Tally", "Answered")
    )
    for row in survey.objects.all():
        told = tally.objects.filter(question__survey=row)
        whole = list(told.values("question", "choice").annotate(all=Sum("people")))
        told.delete()
        people = answered.objects.filter(survey=row).count()
        if row.closes >= localdate():
            continue
        row.people, row.counted_at = people, now()
        row.save()
        tally.objects.bulk_create(
            tally(question_id=one["question"], choice=one["choice"], people=one["all"])
            for one in whole
            if people >= K
        )


class Migration(migrations.Migration):
    dependencies = [("pesue", "0004_surveys")]
    operations = [migrations.RunPython(keep_the_whole, migrations.RunPython.noop)]
