from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "guichet.domain.policy"
    label = "policy"
