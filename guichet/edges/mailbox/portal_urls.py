"""What customers see of their own mails."""

from django.urls import path

from . import choosing, whole_mail

app_name = "mailed"

urlpatterns = [
    path("<int:pk>/organisation/", choosing.show, name="choice"),
    path("whole/<int:message_id>/", whole_mail.show_own, name="whole"),
]
