"""Which door answers at which address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accent/", include("guichet.ui.accent")),
    # Doors with a beginning of their own come first: the others are tried address by address.
    path("desk/mail/", include("guichet.edges.mailbox.urls")),
    path("desk/", include("guichet.edges.desk.urls")),
    path("files/", include("guichet.edges.files.urls")),
    path("_outbox/", include("guichet.edges.outbox.urls")),
    path("_outbox/", include("guichet.edges.mailbox.demo_urls")),
    path("requests/received/", include("guichet.edges.mailbox.portal_urls")),
    path("", include("guichet.edges.portal.urls")),
    path("", include("guichet.edges.mailbox.public_urls")),
    path("", include("guichet.edges.sign_in.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("_styleguide/", include("guichet.ui.styleguide_urls")))

handler400 = "guichet.edges.errors.bad_request"
handler403 = "guichet.edges.errors.forbidden"
handler404 = "guichet.edges.errors.not_found"
handler429 = "guichet.edges.errors.too_many"
handler500 = "guichet.edges.errors.broken"
