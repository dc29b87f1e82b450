from bookings.models import Notification
from bookings.notifications.identity import message_id


def test_a_notification_has_one_message_id_however_often_it_leaves():
    first, second = Notification(pk=1), Notification(pk=2)

    assert message_id(first) == message_id(Notification(pk=1))
    assert message_id(first) != message_id(second)
