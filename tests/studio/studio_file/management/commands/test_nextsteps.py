import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_a_studio_without_staff_is_told_the_line_to_type(capsys):
    call_command("nextsteps")

    assert "manage.py createstaff USERNAME --role manager" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_studio_with_staff_is_told_nothing(capsys, django_user_model):
    django_user_model.objects.create_user("ann", is_staff=True)

    call_command("nextsteps")

    assert capsys.readouterr().out == ""
