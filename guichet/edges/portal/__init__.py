"""The customers' door: ask, follow, answer, close, reopen."""
