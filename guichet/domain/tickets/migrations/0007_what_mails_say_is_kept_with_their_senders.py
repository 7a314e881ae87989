"""Mails that nobody proves stand with the name and address that they show, and as notes of nobody."""

from typing import Any

from django.conf import settings
from django.db import migrations, models


def still_begin_at_1001(apps: Any, schema_editor: Any) -> None:
    # SQLite copies the table for its new columns, and forgets how far an empty one had counted.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'tickets_ticket' AND seq < 1000"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0006_subjects_have_room_for_any_script"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="message_note_by_staff_only",
        ),
        migrations.AddField(
            model_name="message",
            name="sender_address",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AddField(
            model_name="message",
            name="sender_name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="message",
            name="trimmed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="ticket",
            name="mailbox",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "public"), ("by_staff", True), ("author", None), _connector="OR"),
                name="message_note_by_no_customer",
            ),
        ),
        migrations.RunPython(still_begin_at_1001, migrations.RunPython.noop),
    ]
