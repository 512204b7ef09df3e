from django.db import migrations, models


class Migration(migrations.Migration):
    """A measure that stands but does not bite; `evenhand rebuild` fills the new columns from the record."""

    dependencies = [
        ("cases", "0002_desk"),
    ]

    operations = [
        migrations.AddField("sanctionindex", "suspended_from", models.DateField(null=True)),
        migrations.AddField("sanctionindex", "suspended_until", models.DateField(null=True)),
    ]
