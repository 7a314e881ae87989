"""What a script may ask for: a piece of a page."""

from django.http import HttpRequest

from guichet.edges.requests import wants_fragment


def wants_piece(request: HttpRequest) -> bool:
    """Whether to answer with a piece. Going back in the browser's history asks by script for a whole page."""
    return wants_fragment(request) and request.headers.get("HX-History-Restore-Request") != "true"
