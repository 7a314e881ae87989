"""A mail can wait until its author has said for which organisation it is."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mailbox', '0003_mailboxes_are_watched'),
        ('tickets', '0007_what_mails_say_is_kept_with_their_senders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='receivedmessage',
            name='received_state_known',
        ),
        migrations.AlterField(
            model_name='receivedmessage',
            name='reason',
            field=models.CharField(blank=True, choices=[('unreadable', 'This e-mail could not be read.'), ('automatic', 'A machine wrote this e-mail.'), ('no_address', 'It was sent to no mailbox of ours, and to no reply address of a request.'), ('forged', 'It answers a mail or an address of ours that we never made.'), ('several', 'It was sent to the reply addresses of several requests.'), ('no_sender', 'It names no sender, or more than one.'), ('ours', 'It comes from an address of our own.'), ('staff', 'Somebody of our own team wrote it, to a mailbox for customers.'), ('unknown', 'We know nobody with the address that it comes from.'), ('unproven', 'Nothing proves that it comes from the address that it names.'), ('no_right', 'Its sender may no longer write in this request.'), ('empty', 'There is nothing in it.'), ('refused', 'The request does not take it.'), ('fault', 'It could not be delivered because of a fault on our side.')], max_length=20),
        ),
        migrations.AlterField(
            model_name='receivedmessage',
            name='state',
            field=models.CharField(choices=[('received', 'Received'), ('asked', 'Waiting for its sender'), ('delivered', 'Delivered'), ('duplicate', 'Received twice'), ('unsorted', 'Unsorted'), ('dismissed', 'Dealt with')], default='received', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='receivedmessage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'asked', 'delivered', 'duplicate', 'unsorted', 'dismissed'])), name='received_state_known'),
        ),
    ]
