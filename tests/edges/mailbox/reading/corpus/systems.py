"""Other desks, lists, and programs of one country."""

from .case import Case, Specimen, marked, specimen
from .wire import ANSWERS, mail, part


def otrs(case: Case) -> Specimen:
    when = case.at.strftime("%d.%m.%Y %H:%M")
    said = (
        f'{when} (Europe/Berlin) - "{case.vendor}" schrieb:'
        if case.number % 2
        else f"{when} - {case.vendor} wrote:"
    )
    text = f"{case.text}\n\n-- \n{case.word('name')}\nAcme GmbH\n\n{said}\n\n{marked(case.quoted)}\n"
    return specimen("OTRS", case, mail(case, part(text), *ANSWERS))


def zendesk(case: Case) -> Specimen:
    mark = "##- Please type your reply above this line -##"
    text = f"{case.text}\n\n{mark}\n\nYour request (42) has been updated.\n\n{chr(10).join(case.quoted)}\n"
    return specimen("Zendesk", case, mail(case, part(text), *ANSWERS))


def request_tracker(case: Case) -> Specimen:
    when = case.at.strftime("%a %b %d %H:%M:%S %Y")
    text = f"{case.text}\n\nOn {when}, {case.address} wrote:\n{marked(case.quoted)}\n"
    return specimen("Request Tracker", case, mail(case, part(text), *ANSWERS))


def list_footer(case: Case) -> Specimen:
    """A list that writes its footer below everything, as a signature."""
    attribution = case.introduction("gmail")
    footer = (
        "-- \nYou received this message because you are subscribed to the list.\nhttps://lists.acme.example/x"
    )
    text = f"{case.text}\n\n{attribution}\n\n{marked(case.quoted)}\n\n{footer}\n"
    return specimen("list", case, mail(case, part(text, encoding="base64"), *ANSWERS))


def mail_ru(case: Case) -> Specimen:
    when = case.date("EEEE, d MMMM y, H:mm +03:00 'от'")
    text = f"{case.text}\n\n\n>{when} {case.vendor} <{case.address}>:\n>\n{marked(case.quoted, '>')}\n"
    return specimen("Mail.ru", case, mail(case, part(text, charset="koi8-r", encoding="base64"), *ANSWERS))


def qq(case: Case) -> Specimen:
    head = f'发件人: "{case.vendor}" <{case.address}>;\n发送时间: {case.at:%Y年%m月%d日(星期二) 晚上8:05}\n'
    text = (
        f"{case.text}\n\n\n\n\n------------------ 原始邮件 ------------------\n"
        f'{head}收件人: "rose"<rose@acme.example>;\n\n'
        f"主题: [#42] The export stays empty\n\n\n\n{chr(10).join(case.quoted)}"
    )
    body = part(text, charset="gb18030", encoding="base64")
    return specimen(
        "QQ", case, mail(case, body, *ANSWERS, subject="回复：[#42] The export", charset="gb18030")
    )


def naver(case: Case) -> Specimen:
    head = (
        f'From: "{case.vendor}"<{case.address}>\nTo: <rose@acme.example>;\n'
        f"Cc: \nSent: {case.at:%Y-%m-%d (%a) %H:%M:%S} (GMT+09:00)\n"
    )
    text = (
        f"{case.text}\n\n-----Original Message-----\n{head}Subject: [#42] The "
        f"export stays empty\n\n{chr(10).join(case.quoted)}\n"
    )
    return specimen("Naver", case, mail(case, part(text, charset="euc-kr", encoding="base64"), *ANSWERS))


def becky(case: Case) -> Specimen:
    """Becky! breaks its attribution before the name, and quotes with `> `; its users sign in a box."""
    when = case.at.strftime("%a, %d %b %Y %H:%M:%S +0900")
    text = (
        f"{case.text}\n\nOn {when}\n{case.vendor} <{case.address}> wrote:\n"
        f"\n{marked([one for one in case.quoted if one.isascii()])}\n"
    )
    return specimen("Becky!", case, mail(case, part(text, charset="iso-2022-jp", encoding="7bit"), *ANSWERS))


def original_message(case: Case) -> Specimen:
    """Old Outlook Express and those who do as it did."""
    head = (
        f"From: {case.vendor} <{case.address}>\nSent: {case.at:%A, %B %d, %Y %I:%M %p}\n"
        "To: Rose\nSubject: [#42] The export\n"
    )
    text = f"{case.text}\n\n-----{case.word('original')}-----\n{head}\n{chr(10).join(case.quoted)}\n"
    return specimen("Outlook Express", case, mail(case, part(text, encoding="quoted-printable"), *ANSWERS))


def unknown_language(case: Case) -> Specimen:
    """A program in a language that no table has, answering a mail of ours."""
    said = f"Ar an {case.at:%d/%m/%Y} ag {case.at:%H:%M}, scríobh {case.vendor} <{case.address}>:"
    text = f"{case.text}\n\n{said}\n{marked(case.quoted)}\n"
    return specimen("Irish", case, mail(case, part(text), *ANSWERS))
