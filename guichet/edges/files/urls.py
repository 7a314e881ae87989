from django.urls import path

from .downloads import download, preview
from .removals import remove
from .sending import send

app_name = "files"
urlpatterns = [
    path("", send, name="send"),
    path("<uuid:pk>/", download, name="download"),
    path("<uuid:pk>/preview/", preview, name="preview"),
    path("<uuid:pk>/removal/", remove, name="remove"),
]
