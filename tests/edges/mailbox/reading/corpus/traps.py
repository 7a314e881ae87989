"""What people really type, and what looks like a quotation, a signature or a program's footer and is none."""

from .case import Case, Specimen, marked, specimen
from .desktop import thunderbird
from .webmail import gmail, outlook_web
from .wire import ANSWERS, mail, part

_TYPED = [
    "On 3 of 4 machines she wrote:\nsegmentation fault\n\nand then nothing happened.",
    "On 12.03.2026 at 10:15 my colleague wrote:\nit fails\n\nCan you see why?",
    "Here is the log:\n> GET /export\n> 500",
    "From: Paris\nTo: London\nDate: 12 March\n\nPlease change my booking.",
    "I got this:\n\nFrom: Bob <bob@other.example>\nSubject: Invoice\n\nPlease pay.\n\nIs it from you?",
    "Two ways:\n\n--\nThe first one is to restart it, which takes an hour.\nThe second one is to wait.",
    "-- \nI begin with a line of dashes, as I always do.",
    "How do I get rid of this line?\nSent from my iPhone",
    "Where are you?\n\nSent from Paris, with love.",
    "It prints\n\n--------\nerror 42\n--------\n\nand stops.",
    "Le rapport dit :\n12 lignes perdues le 10/03/2026.\n\nPourquoi ?",
    "Am Montag schrieb mir Ihr Kollege:\nbitte warten.\n\nWie lange noch?",
    "El informe de 2026 escribió:\nnada.\n\n¿Por qué?",
    "10:30 に次のように書きました:\nエラー\n\nなぜですか。",
    "mysqldump says:\n--\n-- Table structure for `x`\n--\nCREATE TABLE x;\n--\n-- Completed\n\nRight?",
    ">>> import export\n>>> export.run()\nTraceback (most recent call last):\n\nWhat is wrong with it?",
    "Subject: is the word for it in our school.\nTo: me it is clear.\nDate: unknown.",
    "He wrote: stop.\nShe wrote: go.\nWhom do I believe?",
    "Values:\n-- \nhost = a\nport = 1\n\nP.S. It also fails on the other machine, since yesterday.",
    "Wie besprochen:\n\nVon: Lager\nAn: Verkauf\nDatum: 1. April\n\nBitte umbuchen.",
    "We have sent it from Outlook for Windows.\nWas that wrong?",
    "a@b.example wrote to me:\nthe server is down.\n\nIs it?",
    "It broke at 10:30:\n\n| time | error |\n| 10:30 | x |",
    "Get Outlook for iOS is what your mail says below. Why?",
    "Original Message: that is how the button is called.\nIt does nothing.",
    "Forwarded message: what does this button do?\n\nOur users ask.",
]


def typed() -> list[Specimen]:
    """Each as a mail of its own, as an answer without a quotation, and as one above a quotation."""
    found = []
    for number, words in enumerate(_TYPED):
        case = Case("en", number, own=[words])
        found.append(specimen("typed", case, mail(case, part(words), subject="A question"), words))
        found.append(specimen("typed in an answer", case, mail(case, part(words), *ANSWERS), words))
        said = f"Good morning,\n{words}" if number % 2 else f"Good morning,\n\n{words}"
        below = f"{said}\n\n{case.introduction('gmail')}\n\n{marked(case.quoted)}\n"
        found.append(specimen("typed above", case, mail(case, part(below), *ANSWERS), said))
        found.append(gmail(case))
        found.append(outlook_web(case))
        found.append(thunderbird(case))
    return found
