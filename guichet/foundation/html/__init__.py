"""HTML that strangers had a hand in: bounded, sanitised, rendered from Markdown, turned into text."""
