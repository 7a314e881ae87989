from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "guichet.edges.sign_in"
    label = "sign_in"
