from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "guichet.reactions.email"
    label = "email"
