"""What a page says, as its reader sees it."""

import re
from html import unescape
from typing import Any


def words(response: Any) -> str:
    """The text of a page, tags and runs of blanks taken out."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(bare))


def fields(response: Any) -> dict[str, str]:
    """Name and value of the inputs and texts of a page; of choices, the chosen one."""
    source = response.content.decode()
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", source):
        name, value = _attribute(tag, "name"), _attribute(tag, "value")
        if name and ('type="radio"' not in tag or re.search(r"\schecked\b", tag)):
            found[name] = value
    for attributes, body in re.findall(r"<textarea([^>]*)>\n?(.*?)</textarea>", source, re.DOTALL):
        found[_attribute(attributes, "name")] = unescape(body)
    for attributes, options in re.findall(r"<select([^>]*)>(.*?)</select>", source, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[_attribute(attributes, "name")] = unescape(chosen[1]) if chosen else ""
    return found


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(match[1]) if match else ""
