from django.db import migrations, models


class Migration(migrations.Migration):
    """What a case came to last and what is owed on it first: `evenhand rebuild` fills them for cases that are there."""

    dependencies = [
        ("cases", "0004_folded"),
    ]

    operations = [
        migrations.AddField("fileindex", "milestone", models.TextField(default=""), preserve_default=False),
        migrations.AddField("fileindex", "due", models.TextField(default=""), preserve_default=False),
    ]
