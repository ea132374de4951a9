"""Remember with a decision for whom somebody made it as a deputy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, empty for what was decided before."""

    dependencies = [("flow", "0004_sent_form_digest")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="in_place_of",
            field=models.CharField(blank=True, default="", max_length=50),
        ),
    ]
