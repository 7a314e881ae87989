"""From the words of policy.toml to values, or to everything that is wrong with them."""

import re
import tomllib
from pathlib import Path

from ..document import PolicyDocument
from .categories import categories_in
from .mail import mail_rules_in, mailboxes_in
from .mistakes import Mistake, Mistakes
from .parts import attachment_rules_in, request_rules_in, vendor_in
from .report import Report
from .tables import Table

__all__ = ["Mistake", "Mistakes", "default_source", "read"]

_LONGEST_SOURCE = 500_000
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def read(source: str) -> PolicyDocument:
    """The policy that `source` describes. Raises Mistakes, all at once; no text fails in another way."""
    report = Report(source, _parse(source))
    root = Table(report.root, (), report)
    vendor = vendor_in(root.table("vendor"))
    categories = categories_in(root, vendor.languages)
    document = PolicyDocument(
        vendor=vendor,
        requests=request_rules_in(root.table("requests")),
        attachments=attachment_rules_in(root.table("attachments")),
        mail=mail_rules_in(root.table("mail")),
        mailboxes=mailboxes_in(root, vendor.languages, categories),
        categories=categories,
    )
    root.done()
    report.close()
    return document


def default_source() -> str:
    """The policy file that Guichet comes with, made to be copied and changed."""
    return (Path(__file__).parent.parent / "default.toml").read_text(encoding="utf-8")


def _parse(source: str) -> dict[str, object]:
    if len(source) > _LONGEST_SOURCE:
        raise _unreadable(1, f"This file has {len(source)} characters.", f"Keep it under {_LONGEST_SOURCE}.")
    broken = _SURROGATE.search(source)
    if broken:
        line = source.count("\n", 0, broken.start()) + 1
        raise _unreadable(line, "This line holds half a character.", "Save the file as UTF-8 text.")
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise _unreadable(
            1, "Brackets are nested too deeply.", "A policy needs three levels at most."
        ) from None
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        raise _syntax(source, str(error)) from None


def _syntax(source: str, message: str) -> Mistakes:
    told = re.fullmatch(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if told is None:
        return _unreadable(
            1, "This is not a TOML file.", "Look for a value out of the ordinary, such as a date."
        )
    reason, line, column = told.groups()
    where = int(line) if line else source.count("\n") + 1
    place = f" at column {column}" if column else " at the end of the file"
    remedy = "Look at this line and the one before it for a missing quote, bracket or equals sign."
    return _unreadable(where, f"This is not written as TOML{place}: {_printable(reason)}.", remedy)


def _printable(reason: str) -> str:
    return reason if reason.isprintable() else ascii(reason)


def _unreadable(line: int, sentence: str, remedy: str) -> Mistakes:
    return Mistakes((Mistake(line=line, where="", sentence=sentence, remedy=remedy),))
