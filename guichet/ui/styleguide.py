"""Every component in every state, in light and in dark, on one page."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guichet.foundation.clock import now


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    present = now()
    moments = {
        "moment": present - timedelta(seconds=20),
        "minutes": present - timedelta(minutes=24),
        "hours": present - timedelta(hours=5),
        "days": present - timedelta(days=3),
        "weeks": present - timedelta(days=40),
    }
    return render(request, "styleguide/index.html", {"section": "styleguide", **moments})
