"""What arrives is read as UTF-8, as our pages send it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class Utf8:
    """Middleware: a charset in the Content-Type has no meaning.

    Django would read addresses and forms by any codec of Python's that is named there: `hex` raises, `idna`
    takes quadratic time, and `unicode_escape` writes lone surrogates, which no database takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.encoding = "utf-8"
        return self.get_response(request)
