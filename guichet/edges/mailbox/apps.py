from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "guichet.edges.mailbox"
    label = "mailbox"
