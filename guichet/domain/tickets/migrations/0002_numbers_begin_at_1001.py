"""A first request called #1 makes a vendor look new: numbers begin at 1001."""

from typing import Any

from django.db import migrations


def begin_at_1001(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE tickets_ticket ALTER COLUMN id RESTART WITH 1001")
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'tickets_ticket'")
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('tickets_ticket', 1000)")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_requests_and_conversations")]

    operations = [migrations.RunPython(begin_at_1001, migrations.RunPython.noop)]
