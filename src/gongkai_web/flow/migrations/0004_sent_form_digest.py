"""Remember what a form was sent with, so that another content under the same token is not taken for the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; nothing in the table is a record."""

    dependencies = [("flow", "0003_sent_forms")]

    operations = [
        migrations.AddField(
            model_name="sentform",
            name="digest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
