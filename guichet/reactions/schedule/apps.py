from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "guichet.reactions.schedule"
    label = "schedule"
