from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mailbox", "0005_mails_are_counted_by_mailbox"),
    ]

    operations = [
        migrations.AlterField(
            model_name="receivedmessage",
            name="way",
            field=models.CharField(
                choices=[
                    ("command", "Handed over by a command"),
                    ("imap", "Fetched from a mailbox"),
                    ("lmtp", "Handed over by a mail server (LMTP)"),
                    ("smtp", "Handed over by a mail server (SMTP)"),
                    ("hand", "Brought in by hand"),
                    ("webhook", "Handed over by a mail provider"),
                ],
                default="command",
                max_length=10,
            ),
        ),
    ]
