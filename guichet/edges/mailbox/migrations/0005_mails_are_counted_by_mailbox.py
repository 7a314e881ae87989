from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mailbox", "0004_mails_wait_for_their_senders"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="receivedmessage",
            index=models.Index(fields=["mailbox", "received_at"], name="received_by_mailbox"),
        ),
    ]
