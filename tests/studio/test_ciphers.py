"""Text in cipher: what is written cannot be read without a key, and keys can be changed."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import Answers, Review
from studio.ciphers import (
    Undecipherable,
    cipher_columns,
    decrypt,
    encrypt,
    is_current,
    rotated,
)

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encrypted_is_decrypted_again(text):
    assert decrypt(encrypt(text)) == text


def test_nothing_stays_nothing():
    assert encrypt("") == ""
    assert decrypt("") == ""


def test_the_same_text_looks_different_each_time():
    assert encrypt("Lyme") != encrypt("Lyme")


def test_every_key_decrypts_and_the_first_encrypts(settings):
    settings.FIELD_KEYS = [OLD]
    cipher = encrypt("Lyme")

    settings.FIELD_KEYS = [NEW, OLD]

    assert decrypt(cipher) == "Lyme"
    assert not is_current(cipher)
    assert is_current(rotated(cipher))
    settings.FIELD_KEYS = [NEW]
    assert decrypt(rotated(encrypt("Lyme"))) == "Lyme"


@pytest.mark.parametrize("cipher", ["gAAAAA", "é", "Lyme"])
def test_what_is_no_cipher_cannot_be_read(cipher):
    with pytest.raises(Undecipherable):
        decrypt(cipher)
    assert not is_current(cipher)


def test_a_missing_key_is_told_without_the_cipher(settings, caplog):
    settings.FIELD_KEYS = [OLD]
    cipher = encrypt("Lyme")
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(Undecipherable, match="its key is missing from FIELD_KEYS") as refused:
        decrypt(cipher)

    assert cipher not in str(refused.value) + caplog.text
    assert "FIELD_KEYS" in caplog.text


def test_every_column_in_cipher_is_known():
    assert sorted((model.__name__, name) for model, name in cipher_columns()) == [
        (Answers.__name__, "cipher"),
        (Review.__name__, "note"),
    ]
