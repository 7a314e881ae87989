"""What mail programs and mail providers ask for, without a session."""

from django.urls import path

from . import unsubscribing
from .ways import webhooks

app_name = "mail"

urlpatterns = [
    path("mail/off/<int:person_id>/<str:signature>/", unsubscribing.turn_off, name="off"),
    path("hooks/mail/inbound/", webhooks.take_in, name="inbound"),
    path("hooks/mail/inbound_mime/", webhooks.take_in, name="inbound_whole"),  # Mailgun: whole by the address
    path("hooks/mail/tracking/", webhooks.be_told, name="tracking"),
]
