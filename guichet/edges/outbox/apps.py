from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "guichet.edges.outbox"
    label = "outbox"
