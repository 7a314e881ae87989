from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "guichet.domain.timeline"
    label = "timeline"
