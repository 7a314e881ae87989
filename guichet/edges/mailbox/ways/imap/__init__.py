"""Fetching mail from mailboxes (IMAP4rev1, RFC 3501; IDLE, RFC 2177)."""
