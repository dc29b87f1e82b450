import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from studio.premises.models import Studio
from tests.factories import make_studio


@pytest.mark.django_db
@pytest.mark.both_engines
def test_there_is_one_studio():
    make_studio()

    with pytest.raises(IntegrityError, match="studio_is_one"):
        Studio.objects.create(id=2, name="Another")


@pytest.mark.django_db
@pytest.mark.parametrize("currency", ["usd", "US", "USDX", "USD\n"])
def test_a_currency_is_three_capitals(currency):
    studio = make_studio()
    studio.currency = currency

    with pytest.raises(ValidationError) as caught:
        studio.full_clean()

    assert list(caught.value.message_dict) == ["currency"]
