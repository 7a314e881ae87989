from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "guichet.domain.people"
    label = "people"
