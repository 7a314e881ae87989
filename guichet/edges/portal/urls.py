"""Every address of the portal. Each resource has a file of its own, named as it is here."""

from django.urls import path

from .closures import close
from .confirmations import confirmation
from .drafts import drop_draft, keep_draft
from .follow_ups import follow_up
from .histories import history
from .home import home
from .listing import requests
from .openings import new_request
from .participants import participants, remove_participant
from .reopenings import reopen
from .replies import reply
from .threads import thread

app_name = "portal"
urlpatterns = [
    path("", home, name="home"),
    path("requests/", requests, name="requests"),
    path("requests/new/", new_request, name="new"),
    path("requests/<int:number>/", thread, name="request"),
    path("requests/<int:number>/confirmation/", confirmation, name="confirmation"),
    path("requests/<int:number>/replies/", reply, name="replies"),
    path("requests/<int:number>/closure/", close, name="closure"),
    path("requests/<int:number>/reopening/", reopen, name="reopening"),
    path("requests/<int:number>/follow-ups/", follow_up, name="follow_ups"),
    path("requests/<int:number>/participants/", participants, name="participants"),
    path(
        "requests/<int:number>/participants/<int:person_id>/removal/",
        remove_participant,
        name="participant_removal",
    ),
    path("requests/<int:number>/history/", history, name="history"),
    path("drafts/<slug:key>/", keep_draft, name="draft"),
    path("drafts/<slug:key>/removal/", drop_draft, name="draft_removal"),
]
