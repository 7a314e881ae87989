import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_people_and_companies'),
        ('policy', '0001_a_policy_is_kept_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=200)),
                ('answers', models.JSONField(default=dict)),
                ('language', models.CharField(max_length=10)),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('desk', 'Desk'), ('email', 'E-mail')], max_length=10)),
                ('state', models.CharField(choices=[('new', 'New'), ('open', 'Open'), ('waiting', 'Waiting for the customer'), ('on_hold', 'On hold'), ('resolved', 'Resolved'), ('closed', 'Closed')], default='new', max_length=10)),
                ('shelf', models.CharField(choices=[('team', 'Team'), ('customer', 'Customer'), ('done', 'Done')], default='team', max_length=10)),
                ('hold_reason', models.CharField(blank=True, max_length=200)),
                ('opened_at', models.DateTimeField()),
                ('active_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('last_message_id', models.BigIntegerField(default=0)),
                ('last_public_by_staff', models.BooleanField(default=False)),
                ('client_key', models.UUIDField(null=True)),
                ('assignee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='policy.category')),
                ('follows', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='tickets.ticket')),
                ('organisation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.organisation')),
                ('requester', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_staff', models.BooleanField()),
                ('kind', models.CharField(choices=[('public', 'Public'), ('note', 'Note')], max_length=10)),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('desk', 'Desk'), ('email', 'E-mail')], max_length=10)),
                ('body', models.TextField()),
                ('html', models.TextField()),
                ('created_at', models.DateTimeField()),
                ('client_key', models.UUIDField(null=True)),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('original', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='tickets.message')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=150)),
                ('stored_as', models.CharField(max_length=80, unique=True)),
                ('preview_as', models.CharField(blank=True, max_length=80)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('uploader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tickets.message')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='TicketTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.tag')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('fields', models.JSONField(default=dict)),
                ('updated_at', models.DateTimeField(db_index=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='draft_once')],
            },
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('shelf'), models.F('active_at'), models.F('id'), name='ticket_by_shelf'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('assignee'), models.F('shelf'), models.F('active_at'), models.F('id'), name='ticket_by_assignee'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('team'), models.F('shelf'), models.F('active_at'), models.F('id'), name='ticket_by_team'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('organisation'), models.F('active_at'), models.F('id'), name='ticket_by_organisation'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(models.F('requester'), models.F('active_at'), models.F('id'), name='ticket_by_requester'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='ticket_has_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'open', 'waiting', 'on_hold', 'resolved', 'closed'])), name='ticket_state_known'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shelf', 'team'), ('state', 'new')), models.Q(('shelf', 'team'), ('state', 'open')), models.Q(('shelf', 'team'), ('state', 'on_hold')), models.Q(('shelf', 'customer'), ('state', 'waiting')), models.Q(('shelf', 'done'), ('state', 'resolved')), models.Q(('shelf', 'done'), ('state', 'closed')), _connector='OR'), name='ticket_lies_where_its_state_says'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('shelf', 'done')), models.Q(models.Q(('shelf', 'done'), _negated=True), ('done_at', None)), _connector='OR'), name='ticket_done_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'on_hold'), ('hold_reason', ''), _connector='OR'), name='ticket_hold_reason_on_hold_only'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(fields=('requester', 'client_key'), name='ticket_once_per_client_key'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('follows__isnull', False)), fields=('follows',), name='ticket_followed_up_once'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('ticket', 'person'), name='participant_once'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['ticket', 'id'], name='message_by_ticket'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['public', 'note'])), name='message_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'public'), ('by_staff', True), _connector='OR'), name='message_note_by_staff_only'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('ticket', 'client_key'), name='message_once_per_client_key'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('message', None)), fields=['created_at'], name='attachment_pending'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='attachment_is_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('message', None), ('ticket', None)), models.Q(('message__isnull', False), ('ticket__isnull', False)), _connector='OR'), name='attachment_belongs_whole'),
        ),
        migrations.AddConstraint(
            model_name='tickettag',
            constraint=models.UniqueConstraint(fields=('ticket', 'tag'), name='ticket_tag_once'),
        ),
    ]
