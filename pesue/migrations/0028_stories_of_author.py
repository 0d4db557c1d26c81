from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pesue", "0027_asides")]

    operations = [
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                fields=["author", "state", "-accepted_at", "-id"],
                name="stories_of_author",
            ),
        ),
    ]
