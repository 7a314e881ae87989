"""The vendor's own colour, as the smallest of stylesheets: our pages allow no style inside them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accent(request: HttpRequest, colour: str) -> HttpResponse:
    """A stylesheet that sets `--vendor-accent`. The colour is in the address, so it may be kept for ever."""
    response = HttpResponse(f":root{{--vendor-accent:#{colour}}}", content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


class Colour:
    """Path converter: six hexadecimal digits."""

    regex = "[0-9a-f]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value.lstrip("#").lower()


register_converter(Colour, "colour")
urlpatterns = [path("<colour:colour>.css", accent, name="accent")]
