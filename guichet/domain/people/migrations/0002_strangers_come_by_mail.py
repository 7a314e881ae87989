"""Somebody whose address a mail named has proven nothing yet."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_people_and_companies'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='came_by_mail',
            field=models.BooleanField(default=False),
        ),
    ]
