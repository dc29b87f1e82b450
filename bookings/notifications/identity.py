"""How mails are told apart."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from bookings.models import Notification


def message_id(row: Notification) -> str:
    """The `Message-ID` of a notification, the same however often it leaves.

    A mail that left twice is seen to be one. It tells nothing of how many others there are.
    """
    digest = salted_hmac("bookings.notifications.identity", str(row.pk), algorithm="sha256")
    return f"<{digest.hexdigest()[:32]}@{urlsplit(settings.BASE_URL).hostname}>"
