from pathlib import Path

import pytest

from studio import env


@pytest.fixture
def found(monkeypatch):
    """Sets the variable that the test reads."""
    return lambda value: monkeypatch.setenv("NAME", value)


def sentence(read):
    """What the start stops with."""
    with pytest.raises(SystemExit) as stop:
        read()
    return stop.value.code


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_variable_counts_as_not_set(found, empty):
    found(empty)

    assert env.text("NAME", "default") == "default"
    assert env.whole("NAME", 3) == 3
    assert env.flag("NAME", default=True) is True
    assert env.words("NAME", ["a"]) == ["a"]
    assert env.choice("NAME", "a", ("a", "b")) == "a"
    assert env.path("NAME", Path("/a")) == Path("/a")
    assert env.url("NAME", "a://b", ("a",)) == "a://b"
    assert env.secret("NAME", make=lambda: "made") == "made"


def test_whole_reads_a_number(found):
    found(" 12 ")

    assert env.whole("NAME", 3) == 12


@pytest.mark.parametrize("bad", ["ten", "1.5", "-1", "²", "1e3"])
def test_whole_refuses_what_is_no_whole_number(found, bad):
    found(bad)

    assert sentence(lambda: env.whole("NAME", 3)) == (
        f"NAME is {bad!r}, but a whole number of at least 0 was expected."
    )


@pytest.mark.parametrize("bad", ["0", "65536"])
def test_whole_names_both_limits(found, bad):
    found(bad)

    assert sentence(lambda: env.whole("NAME", 3, least=1, most=65535)) == (
        f"NAME is {bad!r}, but a whole number from 1 to 65535 was expected."
    )


@pytest.mark.parametrize(
    ("value", "is_on"), [("on", True), ("True", True), ("1", True), ("OFF", False), ("no", False)]
)
def test_flag_reads_on_and_off(found, value, is_on):
    found(value)

    assert env.flag("NAME", default=not is_on) is is_on


def test_flag_refuses_anything_else(found):
    found("maybe")

    assert sentence(lambda: env.flag("NAME", default=True)) == (
        'NAME is \'maybe\', but "on" or "off" was expected.'
    )


def test_words_are_separated_by_commas_or_spaces(found):
    found("a, b c,,d")

    assert env.words("NAME") == ["a", "b", "c", "d"]


def test_choice_does_not_mind_capitals(found):
    found("warning")

    assert env.choice("NAME", "INFO", ("INFO", "WARNING")) == "WARNING"


def test_choice_names_what_there_is(found):
    found("LOUD")

    assert sentence(lambda: env.choice("NAME", "INFO", ("INFO", "WARNING"))) == (
        "NAME is 'LOUD', but one of INFO, WARNING was expected."
    )


def test_a_relative_path_counts_from_the_working_directory(found, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    found("data")

    assert env.path("NAME", Path("/a")) == tmp_path / "data"


def test_url_keeps_every_slash(found):
    found("sqlite:////srv/studio/db.sqlite3")

    assert env.url("NAME", "", ("sqlite",)) == "sqlite:////srv/studio/db.sqlite3"


@pytest.mark.parametrize("bad", ["mysql://db", "db.sqlite3", "postgres:db", "postgres://db:port/x"])
def test_url_refuses_other_schemes_and_spellings(found, bad):
    found(bad)

    assert sentence(lambda: env.url("NAME", "", ("sqlite", "postgres"))) == (
        f"NAME is {bad!r}, but sqlite://... or postgres://... was expected."
    )


def test_url_keeps_the_password_out_of_the_sentence(found):
    found("mysql://ann:s3cret@db/studio")

    assert "s3cret" not in sentence(lambda: env.url("NAME", "", ("postgres",)))


@pytest.mark.parametrize(
    ("value", "clean"),
    [
        ("https://studio.example/", "https://studio.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_origin_is_scheme_host_and_port(value, clean):
    assert env.origin("NAME", value).geturl() == clean


@pytest.mark.parametrize(
    "bad",
    ["studio.example", "ftp://a", "https://", "https://a/path", "https://a?b", "https://a:b", "*"],
)
def test_origin_refuses_everything_else(bad):
    assert sentence(lambda: env.origin("NAME", bad)) == (
        f"NAME is {bad!r}, but http://HOST or https://HOST, perhaps with a port and without a"
        " path, was expected."
    )


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("NAME_FILE", str(tmp_path / "secret"))

    assert env.secret("NAME", make=lambda: "made") == "from the file"


def test_a_secret_in_two_places_is_refused_without_telling_it(found, monkeypatch):
    found("s3cret")
    monkeypatch.setenv("NAME_FILE", "/run/secret")

    assert sentence(lambda: env.secret("NAME", make=str)) == (
        "NAME_FILE is '/run/secret', but only one of NAME and NAME_FILE was expected."
    )


@pytest.mark.parametrize("content", [None, b"", b"\xff"])
def test_a_secret_file_must_hold_text(monkeypatch, tmp_path, content):
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("NAME_FILE", str(file))

    assert sentence(lambda: env.secret("NAME", make=str)) == (
        f"NAME_FILE is {str(file)!r}, but a readable text file with the secret in it was expected."
    )
