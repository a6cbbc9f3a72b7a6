from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from claims.presentation.segments import paragraphs


class Span(NamedTuple):
    name: str
    start: int
    end: int


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet="ab \n\t“é𝕏\u3000", min_size=1, max_size=60))
    offsets = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] < pair[1])
    return text, [Span(str(number), *pair) for number, pair in enumerate(draw(st.lists(offsets, max_size=8)))]


@given(texts_with_spans())
def test_segments_joined_are_the_text(example: tuple[str, list[Span]]) -> None:
    text, spans = example
    assert "".join(segment.text for paragraph in paragraphs(text, spans) for segment in paragraph) == text


@given(texts_with_spans())
def test_segments_of_a_span_are_exactly_its_text_and_open_and_close_once(example: tuple[str, list[Span]]) -> None:
    text, spans = example
    segments = [segment for paragraph in paragraphs(text, spans) for segment in paragraph]
    for span in spans:
        carried = [segment for segment in segments if span in segment.spans]
        assert "".join(segment.text for segment in carried) == text[span.start : span.end]
        assert [segment for segment in segments if span in segment.opening] == carried[:1]
        assert [segment for segment in segments if span in segment.closing] == carried[-1:]
        assert all(right.start == left.start + len(left.text) for left, right in pairwise(carried))


@given(texts_with_spans())
def test_spans_of_a_segment_are_longest_first(example: tuple[str, list[Span]]) -> None:
    for paragraph in paragraphs(*example):
        for segment in paragraph:
            lengths = [span.end - span.start for span in segment.spans]
            assert lengths == sorted(lengths, reverse=True)


@given(texts_with_spans())
def test_only_the_end_of_a_paragraph_is_a_gap_and_no_blank_line_is_elsewhere(
    example: tuple[str, list[Span]],
) -> None:
    for paragraph in paragraphs(*example):
        assert [segment.gap for segment in paragraph] == sorted(segment.gap for segment in paragraph)
        body = "".join(segment.text for segment in paragraph if not segment.gap)
        assert "\n\n" not in body
        assert not "".join(segment.text for segment in paragraph if segment.gap).strip()


def test_a_span_over_two_paragraphs_is_in_both() -> None:
    text = "One two.\n\nThree four."
    first, second = paragraphs(text, [Span("a", 4, 15)])
    assert [(s.text, bool(s.spans), s.gap) for s in first] == [
        ("One ", False, False),
        ("two.", True, False),
        ("\n\n", True, True),
    ]
    assert [(s.text, bool(s.spans), s.gap) for s in second] == [("Three", True, False), (" four.", False, False)]


def test_a_text_without_spans_is_its_paragraphs() -> None:
    assert [[s.text for s in p if not s.gap] for p in paragraphs("One\ntwo\n \nthree", [])] == [["One\ntwo"], ["three"]]
