"""Mails that nobody proves stand with the name and address that they show, and as notes of nobody."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0006_subjects_have_room_for_any_script'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_note_by_staff_only',
        ),
        migrations.AddField(
            model_name='message',
            name='sender_address',
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AddField(
            model_name='message',
            name='sender_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='message',
            name='trimmed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='ticket',
            name='mailbox',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'public'), ('by_staff', True), ('author', None), _connector='OR'), name='message_note_by_no_customer'),
        ),
    ]
