from django.urls import path

from . import mails

app_name = "outbox"

urlpatterns = [
    path("", mails.show_all, name="list"),
    path("<int:pk>/", mails.show, name="mail"),
    path("<int:pk>/html/", mails.show_html, name="html"),
]
