"""Names and telephone numbers without what people spell differently, for searching.

What is stored is written with these functions. Whoever changes one of them adds a migration that
writes the search columns of `Client` anew; `checkschedule` finds the rows that were missed.
"""

import re
import unicodedata

# Letters that are no base letter with a mark, so Unicode does not take them apart.
_LETTERS = str.maketrans("æœøđðłħ\N{LATIN SMALL LETTER DOTLESS I}", "aooddlhi")
_UMLAUT_WRITTEN_OUT = re.compile("([aou])e")
# Typed and curly ones, accents in their place, and the letter that some scripts write it with.
_APOSTROPHES = str.maketrans(dict.fromkeys("'`\u00b4\u02bb\u02bc\u2018\u2019", ""))

SHORTEST_NUMBER = 8
"""Digits of a number that is whole without its country prefix."""

LONGEST_PREFIX = 3
"""Digits of a country prefix."""

_THREE_DIGITS = re.compile("2[1-69]|3[578]|42|5[09]|6[7-9]|8[035789]|9[679]")
"""How country prefixes of three digits begin; 1 and 7 are one digit, all others two."""


def folded(text: str) -> str:
    """Lower-case words without marks, one space apart: "Müller-Lüd, ANNE" is "muller lud anne".

    "ue" counts as "ü" does, so that "Mueller", "Müller" and "Muller" are one; the beginning of a
    word stays the beginning of the folded word.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    short = _UMLAUT_WRITTEN_OUT.sub(r"\1", plain.translate(_LETTERS))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in short).split())


def folded_address(email: str) -> str:
    """An e-mail address as it is compared: the case does not count."""
    return email.strip().casefold()


def mailbox(email: str) -> str:
    """An address as those are told apart who may read its mail: ASCII's case alone does not count.

    "straße" and "strasse" are found by one another, but their mail can be two people's.
    """
    return email.strip().encode().lower().decode()


def digits(phone: str) -> str:
    """The digits of a number from its first that is not 0: "(0)", "00" and "0" lead the same way.

    "+44 (0)20 7946 0000" is "442079460000" and "020 7946 0000" is "2079460000".
    """
    return dialled(phone.replace("(0)", "")).lstrip("0")


def dialled(text: str) -> str:
    """Every digit of a text, in ASCII."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def without_prefix(number: str) -> list[str]:
    """What digits could be without a country prefix, each long enough for a whole number."""
    ends = (number[length:] for length in range(1, LONGEST_PREFIX + 1))
    return [end for end in ends if len(end) >= SHORTEST_NUMBER]


def after_prefix(phone: str) -> str:
    """The digits after the country prefix, where "+" or "00" says that there is one."""
    if not phone.strip().startswith(("+", "00")):
        return ""
    number = digits(phone)
    if number[:1] in ("1", "7"):
        return number[1:]
    return number[3:] if _THREE_DIGITS.match(number) else number[2:]


def same_number(one: str, other: str) -> bool:
    """Whether two numbers, as `digits` gives them, reach one telephone.

    Equal, or equal but for a country prefix; numbers that are empty reach nobody.
    """
    return bool(one and other) and (
        one == other or other in without_prefix(one) or one in without_prefix(other)
    )
