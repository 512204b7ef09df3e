from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("taken_at", models.TextField()),
                ("previous", models.TextField()),
                ("files", models.PositiveIntegerField()),
                ("heads_digest", models.TextField()),
                ("erasures_digest", models.TextField()),
                ("digest", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "file_id", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("file_id", models.TextField()),
                ("sequence", models.PositiveIntegerField()),
                ("step", models.TextField()),
                ("schema_version", models.PositiveIntegerField()),
                ("edition_hash", models.TextField()),
                ("engine_version", models.TextField()),
                ("actor_id", models.TextField()),
                ("role", models.TextField()),
                ("taken_on", models.TextField()),
                ("recorded_at", models.TextField()),
                ("because_of", models.TextField()),
                ("commitments", models.TextField()),
                ("erases", models.TextField()),
                ("previous", models.TextField()),
                ("hash", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind", "file_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.TextField()),
                ("file_id", models.TextField()),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("hash", models.TextField()),
                ("recorded_at", models.TextField(default="")),
                ("sealed", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind",
                        "file_id",
                        "sequence",
                        "name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField()),
                ("file_id", models.TextField()),
                ("sequence", models.PositiveIntegerField()),
                ("name", models.TextField()),
                ("salt", models.BinaryField()),
                ("body", models.BinaryField()),
                ("commitment", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="CheckpointHead",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number", "kind", "file_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("kind", models.TextField()),
                ("file_id", models.TextField()),
                ("since", models.PositiveIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("hash", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "file_id", "sequence"], name="checkpoint_head_file")],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind",
                        "file_id",
                        "sequence",
                        "part",
                        "commitment",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField()),
                ("file_id", models.TextField()),
                ("sequence", models.PositiveIntegerField()),
                ("part", models.TextField()),
                ("commitment", models.TextField()),
                ("replacement", models.TextField()),
                ("reason", models.TextField()),
                ("by_kind", models.TextField()),
                ("by_file_id", models.TextField()),
                ("by_sequence", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["by_kind", "by_file_id", "by_sequence"], name="erasure_by")],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "actor_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("actor_id", models.TextField()),
                ("key", models.TextField()),
                ("request_digest", models.TextField()),
                ("kind", models.TextField()),
                ("file_id", models.TextField()),
                ("sequence", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "file_id", "sequence"], name="receipt_entry")],
            },
        ),
    ]
