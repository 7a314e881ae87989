"""How Guichet looks: layouts, components, styles, scripts. Knows no domain."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "guichet.ui"
    label = "ui"
