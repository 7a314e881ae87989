"""Bounces tell which mail did not arrive where, in the form of the standard and in servers' own words."""

import pytest

from guichet.edges.mailbox.reading import Automatic, Failure, parse
from guichet.edges.mailbox.reading.reports import report_of

ORIGINAL = b"Message-ID: <g.42.7.abc@vendor.example>\nFrom: support@vendor.example\nSubject: [#42]\n"
STANDARD = (
    b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.acme.example\nTo: support@vendor.example\n"
    b"Subject: Undelivered Mail Returned to Sender\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n"
    b"--x\n\nI'm sorry to have to inform you that your message could not be delivered.\n"
    b"--x\nContent-Type: message/delivery-status\n\n"
    b"Reporting-MTA: dns; mx.acme.example\nArrival-Date: Tue, 10 Mar 2026 13:00:00 +0000\n\n"
    b"Final-Recipient: rfc822; rose@acme.example\nOriginal-Recipient: rfc822;rose@acme.example\n"
    b"Action: failed\n"
    b"Status: 5.1.1\nRemote-MTA: dns; mx.acme.example\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 <rose@acme.example>: Recipient address\n    rejected: User unknown\n\n"
    b"Final-Recipient: rfc822; <carl@acme.example>\nAction: delayed\nStatus: 4.4.1 (no answer)\n"
    b"Diagnostic-Code: X-Postfix; connect to mx.acme.example: timed out\n\n"
    b"--x\nContent-Type: text/rfc822-headers\n\n" + ORIGINAL + b"\n--x--\n"
)
USUAL = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.acme.example\nTo: support@vendor.example\n"
ID = "<g.42.7.abc@vendor.example>"


def test_a_report_by_the_standard() -> None:
    mail = parse(STANDARD)
    assert mail.automatic is Automatic.BOUNCE
    assert mail.failures == report_of(mail)
    assert mail.failures == (
        Failure(
            recipient="rose@acme.example",
            action="failed",
            status="5.1.1",
            diagnostic="550 5.1.1 <rose@acme.example>: Recipient address rejected: User unknown",
            original_id=ID,
        ),
        Failure(
            recipient="carl@acme.example",
            action="delayed",
            status="4.4.1",
            diagnostic="connect to mx.acme.example: timed out",
            original_id=ID,
        ),
    )


QMAIL = (
    b"Subject: failure notice\n\nHi. This is the qmail-send program at mx.acme.example.\n"
    b"I'm afraid I wasn't able to deliver your message to the following addresses.\n"
    b"This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
    b"<rose@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    b"--- Below this line is a copy of the message.\n\nReturn-Path: <support@vendor.example>\n" + ORIGINAL
)
EXIM = (
    b"Subject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: rose@acme.example\n"
    b"Auto-Submitted: auto-replied\n\nThis message was created automatically by mail delivery software.\n\n"
    b"A message that you sent could not be delivered to one or more of "
    b"its\nrecipients. The following address(es)"
    b" failed:\n\n  rose@acme.example\n    host mx.acme.example [192.0.2.1]\n"
    b"    SMTP error from remote mail server"
    b" after RCPT TO:<rose@acme.example>:\n    550 5.1.1 User unknown\n"
    b"\n------ This is a copy of your message. ------\n\n" + ORIGINAL
)
EXCHANGE = (
    b"Subject: Undeliverable: [#42] The export\n\nDelivery has failed to these recipients or groups:\n\n"
    b"rose@acme.example (rose@acme.example)<mailto:rose@acme.example>\n"
    b"The email address you entered couldn't be found.\n\n"
    b"Diagnostic information for administrators:\n\nGenerating server: mx.acme.example\n\n"
    b"Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not "
    b"found'\n\nOriginal message headers:\n\n" + ORIGINAL
)
POSTFIX = (
    b"Subject: Undelivered Mail Returned to Sender\n\nThis is the mail system at host mx.acme.example.\n\n"
    b"<rose@acme.example>: host mx.acme.example[192.0.2.1] said: 550 5.1.1 "
    b"User unknown (in\n    reply to RCPT TO command)\n\n"
    b"Reporting-MTA: dns; x\n" + ORIGINAL
)
SLOW = (
    b"Subject: Warning: message delayed 24 hours\n\nA message that you "
    b"sent has not yet been delivered to:\n\n"
    b"  rose@acme.example\n\nNo action is required on your part. Delivery attempts will be retried.\n\n"
    + ORIGINAL
)


@pytest.mark.parametrize(
    ("raw", "action", "status"),
    [
        (QMAIL, "failed", "5.1.1"),
        (EXIM, "failed", "5.1.1"),
        (EXCHANGE, "failed", "5.1.1"),
        (POSTFIX, "failed", "5.1.1"),
        (SLOW, "delayed", ""),
    ],
    ids=["qmail", "Exim", "Exchange", "Postfix", "delayed"],
)
def test_servers_that_write_their_own_words(raw: bytes, action: str, status: str) -> None:
    mail = parse(USUAL + raw)
    assert mail.automatic is Automatic.BOUNCE
    assert [(one.recipient, one.action, one.status, one.original_id) for one in mail.failures] == [
        ("rose@acme.example", action, status, ID)
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"From: rose@acme.example\nSubject: Hello\n\n<rose@acme.example>: 550 5.1.1 is what I see",
        b"From: rose@acme.example\nAuto-Submitted: auto-replied\nSubject: Away\n\nrose@acme.example\n",
        STANDARD.replace(b"report-type=delivery-status", b"report-type=disposition-notification")
        .replace(b"message/delivery-status", b"message/disposition-notification")
        .replace(b"Return-Path: <>\n", b"")
        .replace(b"Undelivered Mail", b"Read: x"),
    ],
)
def test_what_is_no_bounce_reports_nothing(raw: bytes) -> None:
    assert parse(raw).failures == ()
