"""What somebody wrote is shown, all of it; what their program quoted is not, where that is certain."""

import time

import pytest

from guichet.edges.mailbox.reading import trim

MARK = "##- Please write your answer above this line -##"
QUOTE = f"> {MARK}\n>\n> Hello Rose,\n> We found it."

WORDS = "Thanks, it works."
VENDOR = "Vendor <support@v.example>"

# What the programs put between somebody's words and the mail that they quote.
ANSWERS = {
    "Gmail en": f"On Tue, Mar 10, 2026 at 1:00 PM {VENDOR} wrote:\n\n{QUOTE}",
    "Gmail en, wrapped": f"On Tue, Mar 10, 2026 at 1:00 PM Vendor\n<support@v.example> wrote:\n\n{QUOTE}",
    "Gmail fr": f"Le mar. 10 mars 2026 à 13:00, {VENDOR} a écrit :\n\n{QUOTE}",
    "Gmail de": f"Am Di., 10. März 2026 um 13:00 Uhr schrieb {VENDOR}:\n\n{QUOTE}",
    "Gmail es": f"El mar, 10 mar 2026 a las 13:00, Vendor (<support@v.example>) escribió:\n\n{QUOTE}",
    "Gmail ja": f"2026年3月10日(火) 13:00 {VENDOR}:\n\n{QUOTE}",
    "Apple Mail": f"> On 10 Mar 2026, at 13:00, {VENDOR} wrote:\n> \n{QUOTE}",
    "Thunderbird": f"On 3/10/26 13:00, Vendor wrote:\n{QUOTE}",
    "Outlook": (
        f"________________________________\nFrom: {VENDOR}\nSent: Tuesday, March 10, 2026 1:00 PM\n"
        f"To: Rose\nSubject: [#1] The export stays empty\n\n{MARK}\n\nHello Rose,"
    ),
    "Outlook de": (
        f"Von: {VENDOR}\nGesendet: Dienstag, 10. März 2026 13:00\nAn: Rose\n"
        f"Betreff: [#1] The export stays empty\n\n{MARK}\n\nHello Rose,"
    ),
    "a rule in a language that we do not know": (
        f"-------- Oorspronklike boodskap --------\nFrom: {VENDOR}\nSent: 10 March 2026 1:00 PM\n"
        "Subject: Export\n\nHello Rose,"
    ),
    "a short rule": (
        f"====\n\nMessage du : 10/03/2026 13:00\nDe : {VENDOR}\nA : Rose\nSujet : Export\n\nHello Rose,"
    ),
    "broken into three": f"On Mar 10, 2026,\nat 13:00,\n{VENDOR} wrote:\n\n{QUOTE}",
    "bare mark": f"{MARK}\n\nHello Rose,",
    "mark in Japanese": "> ##- この行より上に返信をご記入ください -##\n> こんにちは",
}


@pytest.mark.parametrize("program", ANSWERS)
def test_the_answer_alone_is_shown(program: str) -> None:
    shown = trim(f"{WORDS}\n\n{ANSWERS[program]}")
    assert shown.was_cut
    assert shown.visible == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "On 3 of 4 machines she wrote:\nsegmentation fault\n\nand then nothing.",
        "Nothing quoted at all.",
        f"Above.\n\nOn Tue, {VENDOR} wrote:\n{QUOTE}\n\nMy answer is below.",
        f"On Tue, {VENDOR} wrote:\n> Does it work?\nYes.\n> Since when?\nYesterday.\n{QUOTE}",
        f"{MARK}\n\nOnly a quotation.",
        "Here is the log:\n> GET /\n> 500",
        "",
    ],
)
def test_the_authors_own_words_are_never_cut(text: str) -> None:
    assert trim(text).visible == text.strip()
    assert not trim(text).was_cut


@pytest.mark.parametrize("line", ["On a a ", "Le a, ", "Am a a ", "El a ", "> On a b ", "From: a ", "_"])
def test_a_line_of_forty_kilobytes_costs_nothing(line: str) -> None:
    started = time.process_time()
    trim((line * 40_000)[:40_000] + "\n" + "\n".join([line * 80] * 500))
    assert time.process_time() - started < 1
