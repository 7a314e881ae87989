from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "guichet.domain.tickets"
    label = "tickets"
