from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("email", "0005_readers_can_complain"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ),
    ]
