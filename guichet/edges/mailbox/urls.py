from django.urls import path

from . import bringing_in, mailbox_pages, openings, outgoing, placements, unsorted_mail, whole_mail

app_name = "mailbox"

urlpatterns = [
    path("received/", unsorted_mail.show_all, name="unsorted"),
    path("received/file/", bringing_in.create, name="bringing_in"),
    path("received/<int:pk>/", unsorted_mail.show, name="mail"),
    path("received/<int:pk>/raw/", unsorted_mail.show_raw, name="raw"),
    path("received/<int:pk>/opening/", openings.create, name="opening"),
    path("received/<int:pk>/placement/", placements.create, name="placement"),
    path("received/<int:pk>/dismissal/", unsorted_mail.dismiss, name="dismissal"),
    path("received/<int:pk>/delivery/", unsorted_mail.deliver_again, name="delivery"),
    path("outgoing/", outgoing.show, name="outgoing"),
    path("outgoing/<int:delivery_id>/sending/", outgoing.send_now, name="sending"),
    path("mailboxes/", mailbox_pages.show, name="mailboxes"),
    path("mailboxes/<slug:key>/test/", mailbox_pages.test, name="test"),
    path("whole/<int:message_id>/", whole_mail.show, name="whole"),
]
