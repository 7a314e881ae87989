from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "guichet.edges.live"
    label = "live"
