"""An index that holds all that counting the public items of a body asks for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add it."""

    dependencies = [("publishing", "0006_campaigns")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)),
                fields=["body", "category", "year", "published_at", "superseded_at"],
                name="publication_counted",
            ),
        ),
    ]
