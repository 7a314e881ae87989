"""The line in our mails above which people write, found again in their answers in whatever language."""

import re

PATTERN = re.compile(r"^[>\s]*##-.{1,120}-##\s*$")


def mark(words: str) -> str:
    return f"##- {words} -##"
