"""Each mistake is told where it is, with what to do about it."""

import pytest

from .sound import SOUND, mistakes_in

MAILBOX_A = '[[mailboxes]]\nkey = "a"\naddress = "a@b.example"\n'

# change to the sound file: what is replaced, by what → line, where, sentence, remedy
MISTAKES = {
    "unknown setting": (
        ('name = "Larch"', 'name = "Larch"\nacent = "#2f6f5e"'),
        (3, "vendor.acent", 'There is no setting called "acent" here.', 'Did you mean "accent"?'),
    ),
    "unknown setting like no other": (
        ("[[categories]]", "zzz = 1\n[[categories]]"),
        (5, "vendor.zzz", 'There is no setting called "zzz" here.', "Known here: accent, default_language, "),
    ),
    "wrong type": (
        ('name = "Larch"', "name = 12"),
        (2, "vendor.name", "This should be a text, not a whole number.", 'For example: name = "…".'),
    ),
    "true is no number": (
        ("[[categories]]", "[requests]\nreopen_days = true\n[[categories]]"),
        (6, "requests.reopen_days", "This should be a whole number, not true or false.", "= 10."),
    ),
    "unknown way with strangers": (
        ("[[categories]]", '[mail]\nstrangers = "welcome"\n[[categories]]'),
        (6, "mail.strangers", "'welcome' is not known here.", 'Write "hold" or "open".'),
    ),
    "mailbox without an address": (
        ("[[categories]]", '[[mailboxes]]\nkey = "support"\n[[categories]]'),
        (5, "mailboxes.support", '"address" is missing.', 'Add address = "…".'),
    ),
    "mailbox at no address": (
        ("[[categories]]", '[[mailboxes]]\nkey = "support"\naddress = "help"\n[[categories]]'),
        (7, "mailboxes.support.address", "This is not an e-mail address.", "help@company.example"),
    ),
    "mailbox of an unknown category": (
        (
            "[[categories]]",
            '[[mailboxes]]\nkey = "a"\naddress = "a@b.example"\ncategory = "hepl"\n[[categories]]',
        ),
        (8, "mailboxes.a.category", "There is no category with the key 'hepl'.", 'Did you mean "help"?'),
    ),
    "two mailboxes at one address": (
        (
            "[[categories]]",
            MAILBOX_A + '[[mailboxes]]\nkey = "b"\naddress = "A@b.example"\n[[categories]]',
        ),
        (
            10,
            "mailboxes.b.address",
            "Another mailbox has the address a@b.example already.",
            "its own address",
        ),
    ),
    "missing name": (('name = "Larch"\n', ""), (1, "vendor", '"name" is missing.', 'Add name = "…".')),
    "empty name": (('"Larch"', '"  "'), (2, "vendor.name", "This is empty.", "between the quotes")),
    "missing text": (
        ('title.fr = "Aide"\n', ""),
        (7, "categories.help.title", '"title" is missing in fr.', 'Add title.fr = "…".'),
    ),
    "text without language": (
        ('title.en = "Help"\ntitle.fr = "Aide"', 'title = "Help"'),
        (7, "categories.help.title", "This is said in each language.", 'For example: title.en = "…".'),
    ),
    "unknown language of a text": (
        ('title.fr = "Aide"', 'title.fr = "Aide"\ntitle.frr = "?"'),
        (9, "categories.help.title.frr", '"frr" is not a language of Guichet.', 'Did you mean "fr"?'),
    ),
    "unknown language": (
        ('["en", "fr"]', '["en", "fr", "xx"]'),
        (3, "vendor.languages", "'xx' is not a language of Guichet.", "Choose among en, fr, de, es, ja."),
    ),
    "language twice": (
        ('["en", "fr"]', '["en", "fr", "en"]'),
        (3, "vendor.languages", '"en" is there twice.', "Name each language once."),
    ),
    "no language": (
        ('["en", "fr"]', "[]"),
        (3, "vendor.languages", "There is no language.", "Choose among en, fr, de, es, ja."),
    ),
    "default language that is not offered": (
        ('"Larch"', '"Larch"\ndefault_language = "ja"'),
        (3, "vendor.default_language", "'ja' is not among the languages of this policy.", "en, fr"),
    ),
    "no colour": (
        ('"Larch"', '"Larch"\naccent = "green"'),
        (3, "vendor.accent", "This is not a colour.", 'such as "#2f6f5e"'),
    ),
    "pale colour": (
        ('"Larch"', '"Larch"\naccent = "#7fd0c0"'),
        (3, "vendor.accent", "(contrast 1.8, needed 4.5)", 'The nearest darker one that works is "#308373".'),
    ),
    "bad e-mail": (
        ('"Larch"', '"Larch"\nemail = "help at larch"'),
        (3, "vendor.email", "This is not an e-mail address.", 'email = "help@company.example"'),
    ),
    "bad telephone number": (
        ('"Larch"', '"Larch"\nphone = "call us"'),
        (3, "vendor.phone", "This is not a telephone number.", "from abroad"),
    ),
    "bad website": (
        ('"Larch"', '"Larch"\nwebsite = "javascript:alert(1)"'),
        (3, "vendor.website", "This is not a web address.", "https://company.example/"),
    ),
    "key with capitals": (
        ('key = "help"', 'key = "Help me"'),
        (6, "categories.Help me.key", "'Help me' cannot be the key of a category.", 'such as "help-me"'),
    ),
    "key without letters": (
        ('key = "help"', 'key = "123"'),
        (6, "categories.123.key", "'123' cannot be the key of a category.", 'such as "category"'),
    ),
    "category twice": (
        (SOUND, SOUND + SOUND[SOUND.index("[[") :]),
        (12, "categories.help.key", 'Another category has the key "help" already.', "its own key"),
    ),
    "unknown icon": (
        ('key = "help"', 'key = "help"\nicon = "wrnch"'),
        (7, "categories.help.icon", "There is no icon called 'wrnch'.", 'Did you mean "wrench"?'),
    ),
    "bounds inverted": (
        ('key = "help"', 'key = "help"\nmin_length = 90\nmax_length = 80'),
        (7, "categories.help.min_length", "The least, 90, is more than the most, 80.", "Exchange them."),
    ),
    "bound out of bounds": (
        ('key = "help"', 'key = "help"\nmax_length = 5001'),
        (7, "categories.help.max_length", "5001 is out of bounds.", "from 1 to 5000"),
    ),
    "number of 2,000 digits": (
        ('key = "help"', f'key = "help"\nmax_length = 0x{"f" * 2000}'),
        (7, "categories.help.max_length", "This number is out of bounds.", "from 1 to 5000"),
    ),
    "no categories": (
        (SOUND[SOUND.index("[[") :], ""),
        (1, "categories", "There are no categories: nobody could ask anything.", "[[categories]]"),
    ),
    "categories that are no tables": (
        (SOUND, 'categories = ["help"]\n[vendor]\nname = "Larch"\n'),
        (1, "categories.1", "Each of the categories is a table.", "[[categories]]"),
    ),
    "text over several lines": (
        ('when.en = "Anything."', 'when.en = """Any\nthing."""'),
        (9, "categories.help.when.en", "This text runs over several lines.", "Write it on one line."),
    ),
    "text that is too long": (
        ('title.en = "Help"', f'title.en = "{"h" * 81}"'),
        (7, "categories.help.title.en", "This text has 81 characters.", "Shorten it to 80 at most."),
    ),
    "NUL in a text": (
        ('title.en = "Help"', 'title.en = "He\\u0000lp"'),
        (7, "categories.help.title.en", "characters that cannot be shown", "Type it again."),
    ),
    "a tip of the wrong type": (
        (
            'key = "help"',
            'key = "help"\ntips.fr = ["Un"]\ntips.en = [\n    "One",  # a comment, and a ]\n    2,\n]',
        ),
        (10, "categories.help.tips.en.2", "This should be a text, not a whole number.", "= "),
    ),
    "tips in one language only": (
        ('key = "help"', 'key = "help"\ntips.en = ["One"]'),
        (7, "categories.help.tips", '"tips" is missing in fr.', 'Add tips.fr = ["…", "…"].'),
    ),
    "unknown kind of field": (
        (SOUND, SOUND + '[[categories.fields]]\nkey = "a"\nkind = "lnie"\nlabel = { en = "A", fr = "A" }\n'),
        (13, "categories.help.fields.a.kind", "There is no field of kind 'lnie'.", '"line", "text", "url"'),
    ),
    "field twice": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "line"\nlabel = { en = "A", fr = "A" }\n' * 2,
        ),
        (16, "categories.help.fields.a.key", 'Another field has the key "a" already.', "its own key"),
    ),
    "nothing to choose from": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "choice"\nlabel = { en = "A", fr = "A" }\n',
        ),
        (13, "categories.help.fields.a.kind", "There is nothing to choose from.", "Add choices = "),
    ),
    "choices where nobody chooses": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "line"\nlabel = { en = "A", fr = "A" }\n'
            'choices = [\n    { key = "x", label = { en = "X", fr = "X" } },\n]\n',
        ),
        (15, "categories.help.fields.a.choices", 'A "line" has no choices.', 'kind = "choice"'),
    ),
    "choice without a text": (
        (
            SOUND,
            SOUND + '[[categories.fields]]\nkey = "a"\nkind = "choice"\nlabel = { en = "A", fr = "A" }\n'
            'choices = [\n    { key = "x", label = { en = "X", fr = "X" } },\n'
            '    { key = "y", label.en = "Y" },\n]\n',
        ),
        (17, "categories.help.fields.a.choices.y.label", '"label" is missing in fr.', "Add label.fr"),
    ),
}


@pytest.mark.parametrize(("change", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_remedy(
    change: tuple[str, str], told: tuple[int, str, str, str]
) -> None:
    assert change[0] in SOUND
    (mistake,) = mistakes_in(SOUND.replace(*change, 1))
    line, where, sentence, remedy = told
    assert (mistake.line, mistake.where) == (line, where)
    assert sentence in mistake.sentence
    assert remedy in mistake.remedy
