"""PostgreSQL took shelf, assignee and team for independent, and expected a handful of unassigned requests among
thousands: it sorted all of them for each list, until its statistics were made anew. SQLite keeps none of that kind.
"""

from typing import Any

from django.db import migrations


def tell(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "CREATE STATISTICS ticket_who_holds_it (dependencies, mcv)"
            " ON shelf, assignee_id, team_id FROM tickets_ticket"
        )
        cursor.execute("ANALYZE tickets_ticket")


def forget(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP STATISTICS ticket_who_holds_it")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0007_what_mails_say_is_kept_with_their_senders")]

    operations = [migrations.RunPython(tell, forget)]
