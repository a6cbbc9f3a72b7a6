from hypothesis import given
from hypothesis import strategies as st

from claims import anchoring


def test_every_occurrence_is_found_overlapping_too():
    assert anchoring.occurrences("banana", "ana") == [(1, 4), (3, 6)]
    assert anchoring.occurrences("banana", "") == []
    assert anchoring.occurrences("banana", "nab") == []


@given(st.text(alphabet="ab\n 🙂", max_size=40), st.text(alphabet="ab🙂", min_size=1, max_size=3))
def test_occurrences_are_exactly_the_places_of_the_quote(text, quote):
    expected = [(i, i + len(quote)) for i in range(len(text)) if text[i : i + len(quote)] == quote]
    assert anchoring.occurrences(text, quote) == expected


def test_context_stays_in_its_paragraph():
    text = "Before.\nIt rained in May, they said.\nAfter."
    start = text.index("in May")
    assert anchoring.context(text, start, start + 6) == ("It rained ", ", they said.")


def test_context_is_cut_between_words():
    text = "aaa bbb ccc QUOTE ddd eee fff"
    assert anchoring.context(text, 12, 17, size=6) == ("ccc ", " ddd")


@given(st.text(alphabet="ab \n", max_size=60), st.data())
def test_context_is_what_stands_around_the_span(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    around = anchoring.context(text, start, end, size=10)
    assert text[:start].endswith(around.prefix)
    assert text[end:].startswith(around.suffix)
    assert max(len(around.prefix), len(around.suffix)) <= 10
