"""What differs between two versions of the health questionnaire (rule H1)."""

from bookings.domain.health.versions import Difference, difference, fingerprint
from bookings.models import Question


def asked(*keys, **words):
    """Questions with these keys, in this order; `words` of the one that a key names."""
    return [
        Question(
            key=key,
            position=position,
            text=f"{key}?",
            kind="yes_no",
            outcomes=[{"outcome": "review"}],
            **words.get(key, {}),
        )
        for position, key in enumerate(keys, start=1)
    ]


def keys(questions):
    return [question.key for question in questions]


def test_h1_the_same_questions_do_not_differ():
    found = difference(asked("heart", "veins"), asked("heart", "veins"))

    assert found == Difference((), (), (), ())
    assert not found


def test_h1_what_was_added_and_what_was_removed():
    found = difference(asked("heart", "veins"), asked("kidneys", "heart"))

    assert (keys(found.added), keys(found.removed)) == (["kidneys"], ["veins"])
    assert (found.changed, found.moved) == ((), ())


def test_h1_what_a_question_said_and_says():
    found = difference(
        asked("heart", "veins"),
        asked("heart", "veins", veins={"text_es": "¿Várices?", "required": False}),
    )
    (changed,) = found.changed

    assert (changed.before.required, changed.after.required) == (True, False)
    assert changed.after.text_es == "¿Várices?"
    assert changed.names == ("text_es", "required")


def test_h1_one_question_that_moves_is_one_move():
    found = difference(asked("a", "b", "c", "d"), asked("d", "a", "b", "c"))

    assert [(each.question.key, each.before, each.after) for each in found.moved] == [("d", 4, 1)]


def test_h1_a_question_that_is_added_moves_no_other():
    assert not difference(asked("a", "b"), asked("new", "a", "b")).moved


def test_h1_questions_of_the_day_come_after_those_of_booking():
    day = {"ask": "day_before"}

    found = difference(asked("a", "b", "c"), asked("a", "b", "c", a=day))

    assert [each.question.key for each in found.moved] == ["a"]
    assert [each.names for each in found.changed] == [("ask",)]


def test_h1_a_fingerprint_tells_other_words_and_another_order():
    once = fingerprint(asked("a", "b"))

    assert once == fingerprint(asked("a", "b"))
    assert once != fingerprint(asked("b", "a"))
    assert once != fingerprint(asked("a", "b", b={"help": "Any."}))
