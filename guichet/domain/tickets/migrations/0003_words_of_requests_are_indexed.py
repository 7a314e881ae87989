"""The search index, in each database's own kind (see guichet/domain/tickets/index)."""

from typing import Any

from django.db import migrations

POSTGRES = """
CREATE TABLE tickets_words (
    ticket_id bigint PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX tickets_words_gin ON tickets_words USING gin (words);
"""
SQLITE = """
CREATE VIRTUAL TABLE tickets_words USING fts5(
    public, notes, scope, tokenize = "unicode61 remove_diacritics 0"
)
"""


def create(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE tickets_words")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_numbers_begin_at_1001")]

    operations = [migrations.RunPython(create, drop)]
