from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0019_words_of_mails"),
    ]

    operations = [
        migrations.RenameField("account", "folded_email", "mailbox"),
    ]
