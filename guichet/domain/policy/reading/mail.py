from ..document import CategoryRules, Mailbox, MailRules, Strangers
from .tables import Table, nearest


def mail_rules_in(table: Table) -> MailRules:
    rules = MailRules(strangers=_strangers(table))
    table.done()
    return rules


def mailboxes_in(
    table: Table, languages: tuple[str, ...], categories: tuple[CategoryRules, ...]
) -> tuple[Mailbox, ...]:
    taken: set[str] = set()
    known = [category.key for category in categories]
    mailboxes = tuple(_mailbox(each, languages, known, taken) for each in table.tables("mailboxes"))
    _each_once(table, mailboxes)
    return mailboxes


def _mailbox(table: Table, languages: tuple[str, ...], known: list[str], taken: set[str]) -> Mailbox:
    mailbox = Mailbox(
        key=table.key(taken, "mailbox"),
        address=table.email("address", None),
        name=table.texts("name", languages, longest=80, required=False),
        signature=table.texts("signature", languages, longest=300, required=False),
        category=_category(table, known),
    )
    table.done()
    return mailbox


def _category(table: Table, known: list[str]) -> str:
    category = table.text("category", longest=40)
    if category and category not in known:
        remedy = nearest(category, known) or f"Choose among {', '.join(known)}."
        table.mistake("category", f"There is no category with the key {category[:40]!r}.", remedy)
    return category


def _each_once(table: Table, mailboxes: tuple[Mailbox, ...]) -> None:
    addresses = [mailbox.address for mailbox in mailboxes]
    for position, address in enumerate(addresses):
        if address and address in addresses[:position]:
            sentence = f"Another mailbox has the address {address} already."
            table.mistake("mailboxes", sentence, "Give each its own address.", position, "address")


def _strangers(table: Table) -> Strangers:
    strangers = table.text("strangers", Strangers.HOLD, longest=20)
    if strangers not in tuple(Strangers):
        table.mistake("strangers", f"{strangers[:20]!r} is not known here.", 'Write "hold" or "open".')
        return Strangers.HOLD
    return Strangers(strangers)
