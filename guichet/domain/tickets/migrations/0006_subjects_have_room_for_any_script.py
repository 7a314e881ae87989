"""150 characters, as people count them, can be many more code points: of flags, of families, of Devanagari."""

from typing import Any

from django.db import migrations, models


def widen(apps: Any, schema_editor: Any) -> None:
    # SQLite minds no lengths; to change one there, Django would copy the whole table.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE tickets_ticket ALTER COLUMN subject TYPE varchar(1000)")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0005_words_of_a_request_lie_in_one_bag")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(widen, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField("ticket", "subject", models.CharField(max_length=1000)),
            ],
        )
    ]
