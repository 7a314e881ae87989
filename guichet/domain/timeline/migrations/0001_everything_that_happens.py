import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=20)),
                ('subject_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('facts', models.JSONField(default=dict)),
                ('reacted_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('failure', models.TextField(blank=True)),
                ('because', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consequences', to='timeline.event')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'subject_id', 'id'], name='event_by_subject'), models.Index(condition=models.Q(('reacted_at', None)), fields=['next_try_at', 'id'], name='event_pending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='event_has_a_kind')],
            },
        ),
    ]
