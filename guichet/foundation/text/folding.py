"""One key for one mailbox, however its address was typed."""

import re

import idna

# Japanese keyboards type these for their ASCII twins.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# The dot-atom of RFC 5322; quoted local parts exist in standards and attacks only.
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


def fold_email(address: str) -> str:
    """The unique key of `address`, itself an address to send to: ASCII, lower case, domain in IDNA (UTS #46).

    Raises ValueError on what is no address, and on a local part outside ASCII: letters that look or fold like
    others (`ı`, `İ`, `K` the Kelvin sign) would give one person's key to another.
    """
    address = address.strip()
    if len(address) > 254:  # RFC 5321 4.5.3.1.3, less the brackets
        raise ValueError("An e-mail address has at most 254 characters.")
    local, at, domain = address.translate(_FULL_WIDTH).rpartition("@")
    if not at or not local.isascii():
        raise ValueError("An e-mail address is ASCII text, an @ sign and a domain.")
    local = local.lower()
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        raise ValueError("The part before the @ sign is not one of an e-mail address.")
    folded = f"{local}@{_domain(domain)}"
    if len(folded) > 254:
        raise ValueError("An e-mail address has at most 254 characters.")
    return folded


def _domain(domain: str) -> str:
    try:
        ascii_domain = idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError as mistake:  # idna.IDNAError is one
        raise ValueError("The part after the @ sign is not a domain.") from mistake
    labels = ascii_domain.split(".")
    if len(labels) < 2 and ascii_domain != "localhost":
        raise ValueError("The part after the @ sign is not a full domain.")
    if labels[-1].isdecimal() or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("The part after the @ sign is not a domain.")
    return ascii_domain
