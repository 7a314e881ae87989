"""Counting a view asks who may see each request: its index says so, and no row is read for it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_people_and_companies'),
        ('policy', '0001_a_policy_is_kept_whole'),
        ('tickets', '0003_words_of_requests_are_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_by_shelf',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_by_assignee',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_by_team',
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('shelf'), models.F('active_at'), models.F('id'), models.F('team'), models.F('assignee'), name='ticket_by_shelf'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('assignee'), models.F('shelf'), models.F('active_at'), models.F('id'), models.F('team'), name='ticket_by_assignee'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('team'), models.F('shelf'), models.F('active_at'), models.F('id'), models.F('assignee'), name='ticket_by_team'),
        ),
    ]
