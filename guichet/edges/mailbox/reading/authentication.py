"""What the mail server that we trust found out about the sender (RFC 8601)."""

import re
from collections.abc import Sequence

_COMMENT = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_METHOD = re.compile(r"\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z0-9-]+\.[a-z0-9-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)


def is_aligned(results: Sequence[str], *, authserv_id: str, sender: str) -> bool:
    """Whether the server `authserv_id` says that this mail comes from the domain of the address `sender`.

    Only the topmost header with its name counts: that server wrote it last, above whatever the sender typed.
    DMARC decides where it was checked; otherwise a DKIM signature or an SPF sender of the same domain does.
    """
    verdict = next((parts for parts in map(_parts, results) if parts[0] == authserv_id.lower()), None)
    domain = sender.rpartition("@")[2].lower()
    if verdict is None or not domain:
        return False
    found = [
        (method, result, properties) for method, result, properties in map(_method, verdict[1:]) if method
    ]
    dmarc = [(result, properties) for method, result, properties in found if method == "dmarc"]
    if any(result != "none" for result, _properties in dmarc):
        return all(
            result == "pass" and properties.get("header.from", domain) == domain
            for result, properties in dmarc
        )
    return any(
        result == "pass" and _proves(method, properties, domain) for method, result, properties in found
    )


def _parts(value: str) -> list[str]:
    """The server's name, then each of its findings.

    Quoted words and comments go first: servers put into them what strangers sent, such as an address with a
    semicolon and a finding of its own. A header in which some are left open finds nothing.
    """
    bare = _COMMENT.sub(" ", _COMMENT.sub(" ", _QUOTED.sub("quoted", value)))
    parts = [part.strip() for part in bare.split(";")]
    name = parts[0].split(" ")[0].lower()
    return [name] if re.search(r"[\"()]", bare) else [name, *parts[1:]]


def _method(part: str) -> tuple[str, str, dict[str, str]]:
    found = _METHOD.match(part)
    if not found:
        return "", "", {}
    properties = {key.lower(): value.lower() for key, value in _PROPERTY.findall(part)}
    return found[1].lower(), found[2].lower(), properties


def _proves(method: str, properties: dict[str, str], domain: str) -> bool:
    if method == "dkim":
        return properties.get("header.d") == domain
    if method == "spf":
        return properties.get("smtp.mailfrom", "").rpartition("@")[2] == domain
    return False
