"""What mail programs and mail providers ask for, without a session."""

from django.urls import path

from . import unsubscribing

app_name = "mail"

urlpatterns = [
    path("mail/off/<int:person_id>/<str:signature>/", unsubscribing.turn_off, name="off"),
]
