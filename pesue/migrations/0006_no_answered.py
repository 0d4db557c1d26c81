from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pesue", "0005_surveys_whole")]
    operations = [migrations.DeleteModel(name="Answered")]
