from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "guichet.edges.desk"
    label = "desk"
