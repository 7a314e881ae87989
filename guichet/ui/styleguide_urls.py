"""The style guide's one page; mounted in debug only."""

from django.urls import path

from guichet.ui.styleguide import styleguide

urlpatterns = [path("", styleguide, name="styleguide")]
