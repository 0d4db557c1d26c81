"""Guidelines that were there before editions get their first one."""

from typing import Any

from django.db import migrations


def begin(apps: Any, schema_editor: Any) -> None:
    guideline, edition = (
        apps.get_model("pesue", name) for name in ("Guideline", "Edition")
    )
    edition.objects.bulk_create(
        edition(
            guideline=row,
            number=1,
            kind=row.kind,
            text=row.text,
            instead=row.instead,
            why=row.why,
            example=row.example,
            at=row.changed_at,
        )
        for row in guideline.objects.filter(editions=None)
    )


class Migration(migrations.Migration):
    dependencies = [("pesue", "0002_guidance")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
