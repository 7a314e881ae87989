"""Believable texts, made from an index alone: the same number gives the same words to every system."""

SUBJECTS = (
    "{part} does not open since this morning",
    "Question about the {part}",
    "{part} shows the wrong figures for {month}",
    "Timeout when we save the {part}",
    "How do we export the {part}?",
    "{part} is empty for one of our colleagues",
    "Error {code} in the {part}",
    "Please restore our {part} of {month}",
    "{part} is slow in the afternoon",
    "We cannot delete an old {part}",
)
PARTS = (
    "invoice list", "payment page", "monthly report", "sales forecast", "customer import", "contact form",
    "calendar sync", "mobile app", "webhook log", "search page", "order history", "price list", "stock count",
    "delivery note", "staff directory", "expense claim", "time sheet", "password reset", "single sign-on",
    "user profile", "backup", "dashboard", "newsletter", "barcode scanner", "label printer", "tax summary",
    "bank connection", "refund screen", "subscription plan", "data export", "audit trail", "map view",
    "ticket widget", "translation file", "custom field", "saved filter", "shared folder", "photo gallery",
    "meeting room plan", "project board",
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
QUESTIONS = (
    "Since the last update we see an error in the {part} every time.",
    "Our accountant needs the {part} before the end of the week.",
    "It worked until yesterday, and nobody here has changed the settings of the {part}.",
    "We tried two browsers and a second computer; the {part} behaves the same.",
    "The page loads for about thirty seconds and then says that the connection was lost.",
    "Only the people in our Lyon office meet this; the others can open the {part}.",
    "When I press Save, the form comes back empty and the {part} keeps its old values.",
    "Could you tell us where the {part} can be exported as a spreadsheet?",
    "We have attached a picture of the screen, with the message that appears.",
    "The figures in the {part} differ from those that our bank sends.",
    "Several customers called us about this, so we would be glad of a quick answer.",
    "I followed the instructions in the manual, but the {part} is not in my menu.",
    "Is there a way to give two colleagues access to the {part}?",
    "The same thing happened in spring, and at that time you restarted a service for us.",
    "Please do not delete anything: the {part} holds the work of a whole month.",
)
ANSWERS = (
    "Thank you for the details: they helped us to find it quickly.",
    "We could reproduce this here with the {part} of a test account.",
    "Please sign out, sign in again, and open the {part} once more.",
    "A correction was published a few minutes ago; the {part} should be complete now.",
    "This is a setting: under Administration, choose the {part} and switch on the option Shared.",
    "The export of the {part} has moved to the menu at the top right.",
    "Our logs show that the connection was interrupted on the way to your network.",
    "Could you send us the exact time at which it happened, and the address of the page?",
    "We have restored the {part} from the backup of last night.",
    "Your colleague's account has no right to the {part}; your administrator can grant it.",
    "We are sorry for the trouble, and will write again as soon as the {part} is repaired.",
    "If it happens again, please answer here: the request will open by itself.",
)
FIRST = ("Ada", "Ben", "Chloé", "Dario", "Elif", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Kenji", "Lena",
         "Marta", "Noah", "Olga", "Paul", "Rosa", "Sofia", "Tom", "Yuki")  # fmt: skip
LAST = ("Arnold", "Bauer", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Huber", "Ito", "Jensen", "Klein",
        "Laurent", "Moreau", "Novak", "Okada", "Petit", "Roux", "Sato", "Tanaka", "Weber")  # fmt: skip
TRADES = ("Bakery", "Logistics", "Clinic", "Press", "Energy", "Garden", "Optics", "School", "Studio", "Works")


def pick(index: int, salt: int, count: int) -> int:
    """A number below `count` that looks drawn, and is the same each time."""
    return hash((index, salt)) % count


def part(index: int, salt: int = 1) -> str:
    # Drawn twice, the lower kept: some parts make much more trouble than others.
    return PARTS[min(pick(index, salt, len(PARTS)), pick(index, salt + 100, len(PARTS)))]


def code(index: int) -> str:
    """A code that five requests of a hundred thousand share."""
    return f"E{pick(index, 7, 20_000) + 10_000}"


def subject(index: int) -> str:
    made = SUBJECTS[pick(index, 2, len(SUBJECTS))].format(
        part=part(index), month=MONTHS[pick(index, 3, 10)], code=code(index)
    )
    return made[0].upper() + made[1:]


def sentences(index: int, turn: int) -> list[str]:
    """What is said in message number `turn` (0: the request itself)."""
    stock = ANSWERS if turn % 2 else QUESTIONS
    salt = 10 + turn * 10
    said = [stock[pick(index, salt + n, len(stock))] for n in range(3 + pick(index, salt + 9, 3))]
    return [one.format(part=part(index, 1 if n < 2 else salt + n)) for n, one in enumerate(said)]


def person(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"


def organisation(number: int) -> str:
    return f"{LAST[number % len(LAST)]} {TRADES[number // len(LAST) % len(TRADES)]}"
