from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "guichet.edges.portal"
    label = "portal"
