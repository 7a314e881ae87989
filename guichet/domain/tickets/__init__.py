"""A request and its conversation, from the first word to the last."""
