from django.db import migrations

from evenhand.cases import indexing


def fold(_apps, schema_editor):
    indexing.fold_customers(schema_editor)


class Migration(migrations.Migration):
    """Names and addresses are searched in small letters on PostgreSQL."""

    dependencies = [
        ("cases", "0003_suspended"),
    ]

    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
