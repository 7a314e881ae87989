from django.urls import path

from .chips import chip
from .downloads import download, preview
from .removals import remove
from .sending import send

app_name = "files"
urlpatterns = [
    path("", send, name="send"),
    path("<uuid:pk>/", download, name="download"),
    path("<uuid:pk>/chip/", chip, name="chip"),
    path("<uuid:pk>/preview/", preview, name="preview"),
    path("<uuid:pk>/removal/", remove, name="remove"),
]
