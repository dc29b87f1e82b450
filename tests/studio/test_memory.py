from dataclasses import dataclass

import pytest

from studio.memory import Memory


@dataclass
class Thing:
    size: int


@pytest.fixture
def memory():
    return Memory(most_bytes=100, seconds=60)


def kept(memory):
    return [key for key, _value in memory]


def test_what_was_kept_is_the_very_thing(memory):
    thing = Thing(1)
    memory.keep("a", thing)

    assert memory.get("a") is thing
    assert memory.get("b") is None


def test_what_was_used_longest_ago_makes_room(memory):
    for key in "abcd":
        memory.keep(key, Thing(25))
    memory.get("a")

    memory.keep("e", Thing(10))

    assert kept(memory) == ["c", "d", "a", "e"]


def test_what_takes_the_place_of_another_is_not_counted_twice(memory):
    for _again in range(9):
        memory.keep("a", Thing(25))
    memory.keep("b", Thing(25))

    assert kept(memory) == ["a", "b"]


def test_one_thing_does_not_push_out_all_others(memory):
    memory.keep("a", Thing(1))

    memory.keep("huge", Thing(26))

    assert kept(memory) == ["a"]


def test_what_has_grown_too_large_is_not_remembered_as_it_was(memory):
    memory.keep("a", Thing(1))
    memory.keep("a", Thing(26))

    assert memory.get("a") is None


def test_nothing_is_remembered_past_its_time():
    memory: Memory[str, Thing] = Memory(most_bytes=100, seconds=-1)
    memory.keep("a", Thing(1))

    assert memory.get("a") is None
    assert kept(memory) == []


def test_all_can_be_forgotten(memory):
    for _again in range(2):
        for key in "abcd":
            memory.keep(key, Thing(25))
        memory.clear()

    assert kept(memory) == []
