"""Editors whose changes wait for a reviewer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the setting to accounts and invitations."""

    dependencies = [
        ("console", "0001_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="needs_review",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="invitation",
            name="needs_review",
            field=models.BooleanField(default=False),
        ),
    ]
