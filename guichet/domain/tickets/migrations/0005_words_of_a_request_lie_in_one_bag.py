"""SQLite keeps the words of a request as PostgreSQL does: one bag, in which signs mark notes and scope."""

from typing import Any

from django.db import migrations

# Neither where a word stands nor how often is asked. A token is a word whatever signs it holds: every sign
# beyond ASCII belongs to one, and those named here.
SQLITE = """
ALTER TABLE tickets_words RENAME TO tickets_words_apart;
CREATE VIRTUAL TABLE tickets_words USING fts5(
    words, detail = none, columnsize = 0, prefix = '1 2 3', tokenize = "ascii tokenchars '@._:/+-'"
);
INSERT INTO tickets_words (rowid, words)
SELECT
    rowid,
    public
    || iif(notes = '', '', replace(' ' || notes, ' ', ' ¬'))
    || iif(scope = '', '', replace(' ' || scope, ' ', ' §'))
FROM tickets_words_apart;
DROP TABLE tickets_words_apart;
CREATE VIRTUAL TABLE tickets_terms USING fts5vocab('tickets_words', 'instance');
"""


def gather(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE.split(";")[:-1]:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_counts_read_indexes_alone")]

    operations = [migrations.RunPython(gather)]
