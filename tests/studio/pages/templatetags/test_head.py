import pytest
from django.template import Context, Template

from studio.pages.templatetags.head import MOST_LETTERS, cut, first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Mei walks softly on people. She makes tea.", "Mei walks softly on people."),
        ("Why would anybody do this?\n\nAsk Mei.", "Why would anybody do this?"),
        ("Dr. Mei Tanaka walks on people. She makes tea.", "Dr. Mei Tanaka walks on people."),
        ("Walks softly", "Walks softly"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_with_its_mark(text, first):
    assert first_sentence(text) == first


def test_a_description_is_cut_after_a_word():
    assert cut("word " * 10) == "word " * 9 + "word"
    assert cut("word " * 100).endswith(" word…")
    assert len(cut("word " * 100)) <= MOST_LETTERS


def test_words_are_kept_as_words_and_escaped_where_they_are_said():
    title = "{% load head %}{% plain as title %} {{ name }}\n & co {% endplain %}"
    page = Template(title + '<b title="{{ title }}">')

    assert (
        page.render(Context({"name": 'Mei\'s "feet" <b>'}))
        == '<b title="Mei&#x27;s &quot;feet&quot; &lt;b&gt; &amp; co">'
    )
