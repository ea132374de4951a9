"""Remember the forms that were sent, so that none is carried out twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table; nothing in it is a record."""

    dependencies = [("flow", "0002_background")]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("token", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("person_id", models.BigIntegerField()),
                ("made_at", models.DateTimeField(db_index=True)),
                ("address", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
    ]
