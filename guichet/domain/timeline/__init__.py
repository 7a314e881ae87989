"""Everything that has happened, once, in order: audit log, history on screen and outbox in one table."""
