from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import anchoring
from claims.enums import INTACT, Anchor

ARTICLE = (Path(__file__).parents[2] / "seeds" / "article.txt").read_text()


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


def after(old, new, quote):
    """The status of a quote's first place in ``old``, and what is found in ``new``."""
    start = old.index(quote)
    placement = anchoring.reanchor(old, new, start, start + len(quote))
    return placement.anchor, None if placement.start is None else new[placement.start : placement.end]


COVERED = "resulted in the inoculation of more than 94 per cent of the population"
HAILED = "The UN hailed us for our remarkable progress in enlarging social protection coverage"
RANKED = "we rank 13th among the 122 nations and we are 2nd in ASEAN"


@pytest.mark.parametrize(
    ("change", "quote", "expected"),
    [
        # Elsewhere, after, before and around it.
        (("Nearly 80 per cent", "Nearly 79 per cent"), COVERED, (Anchor.EXACT, COVERED)),
        (("The UN hailed the Kingdom", "Yesterday the UN hailed it"), COVERED, (Anchor.MOVED, COVERED)),
        (("foreign residents – ", "guests – "), COVERED, (Anchor.MOVED, COVERED)),
        # In it.
        (("94", "95"), COVERED, (Anchor.CHANGED, COVERED.replace("94", "95"))),
        (("more than 94", "close to 94"), "more than 94 per cent", (Anchor.CHANGED, "close to 94 per cent")),
        (
            ("94 per cent of the population", "94 per cent of the entire population"),
            COVERED,
            (Anchor.CHANGED, COVERED.replace("the population", "the entire population")),
        ),
        # All of it.
        ((COVERED, ""), COVERED, (Anchor.LOST, None)),
        ((RANKED, "we do well"), RANKED, (Anchor.LOST, None)),
    ],
)
def test_correction_of_a_real_article(change, quote, expected):
    assert after(ARTICLE, ARTICLE.replace(*change), quote) == expected


def test_words_that_moved_with_their_paragraph_are_moved():
    first, *rest = ARTICLE.split("\n\n")
    assert after(ARTICLE, "\n\n".join([*rest, first]), first) == (Anchor.MOVED, first)


def test_words_said_again_elsewhere_stay_where_their_context_is():
    again = f"{ARTICLE}\n\nHe said it again later: “{HAILED},” and left."
    assert after(ARTICLE, again, HAILED) == (Anchor.EXACT, HAILED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It rained. It rained.", "It rained."),
        ("It rained.", "It rained. It rained."),
        ("It rained. It rained.", "It rained. It rained. It rained."),
        ("Monday. It rained. It poured. It rained. Friday.", "Monday. It rained. Friday."),
    ],
)
def test_words_that_could_be_others_said_in_the_same_way_are_not_guessed(old, new):
    assert after(old, new, "It rained") == (Anchor.CHANGED, None)


def test_few_words_that_turn_up_elsewhere_are_only_proposed():
    old = "The council counted 5 trees.\n\nNobody objected to that."
    new = "The council counted none.\n\nNobody objected in those 5 years."
    assert after(old, new, "5") == (Anchor.CHANGED, "5")


def test_words_said_of_somebody_else_are_not_taken_where_theirs_were_changed():
    old = "The mayor of Springfield planted 94 trees in the month of May, and was proud of it."
    new = old.replace("94", "95") + " The council of Shelbyville planted 94 trees in the month of May too."
    assert after(old, new, "planted 94 trees in the month of May") == (Anchor.CHANGED, None)


def test_two_places_that_are_as_similar_are_not_guessed():
    old = "The council planted ninety-four young trees by the river."
    new = "One: the council planted ninety-three young trees by a river.\n\n" * 2
    assert after(old, new, "council planted ninety-four young trees") == (Anchor.CHANGED, None)


def test_similar_words_in_their_old_context_are_told_from_others():
    old = (
        "Springfield counts its people: 120,000 inhabitants in 2021.\n\nShelbyville does: 110,000 inhabitants in 2021."
    )
    new = old.replace("120,000 inhabitants in 2021", "125,000 inhabitants in 2022")
    assert after(old, new, "120,000 inhabitants in 2021")[1] == "125,000 inhabitants in 2022"


def test_similar_words_of_a_script_without_spaces_are_found_between_whole_letters():
    old = "កម្ពុជាបានចាក់វ៉ាក់សាំងដល់ប្រជាជនជាងប្រាំបួនសិបភាគរយ។"
    new = old.replace("ប្រាំបួន", "ប្រាំបី")
    anchor, found = after(old, new, "ប្រជាជនជាងប្រាំបួនសិបភាគរយ")
    assert (anchor, found) == (Anchor.CHANGED, "ប្រជាជនជាងប្រាំបីសិបភាគរយ")


SAID = [sentence for sentence in ARTICLE.replace("\n\n", " ").split(". ") if sentence][:14]
SAID += ["It rained", "It rained", "“It rained,” he said", "5", "The mayor planted 94 trees"]
SAID += ["The mayor planted 95 trees"]
SENTENCE = st.sampled_from(SAID)
PARAGRAPHS = st.lists(st.lists(SENTENCE, min_size=1, max_size=4), min_size=1, max_size=6)


def written(paragraphs):
    return "\n\n".join(". ".join(sentences) + "." for sentences in paragraphs)


@st.composite
def corrections(draw):
    """A text with repeats, and the text after some edits of whole sentences, paragraphs, or any characters."""
    paragraphs = draw(PARAGRAPHS)
    old = written(paragraphs)
    for _ in range(draw(st.integers(0, 4))):
        edit = draw(st.sampled_from(["insert", "delete", "replace", "duplicate", "move", "swap"]))
        at = draw(st.integers(0, len(paragraphs) - 1))
        sentences = paragraphs[at]
        which = draw(st.integers(0, len(sentences) - 1))
        if edit == "insert":
            sentences = [*sentences[:which], draw(SENTENCE), *sentences[which:]]
        elif edit == "delete" and len(sentences) > 1:
            sentences = sentences[:which] + sentences[which + 1 :]
        elif edit == "replace":
            sentences = [*sentences[:which], draw(SENTENCE), *sentences[which + 1 :]]
        elif edit == "duplicate":
            sentences = sentences[: which + 1] + sentences[which:]
        elif edit == "swap":
            sentences = sentences[which:] + sentences[:which]
        paragraphs = [*paragraphs[:at], sentences, *paragraphs[at + 1 :]]
        if edit == "move":
            paragraphs = [*paragraphs[:at], *paragraphs[at + 1 :], paragraphs[at]]
    new = written(paragraphs)
    if draw(st.booleans()):
        cut = sorted(draw(st.integers(0, len(new))) for _ in range(2))
        new = new[: cut[0]] + draw(st.text("abc .5\n", max_size=8)) + new[cut[1] :]
    return old, new


@st.composite
def quoted_corrections(draw):
    old, new = draw(corrections())
    start = draw(st.integers(0, len(old) - 1))
    return old, new, start, draw(st.integers(start + 1, min(len(old), start + 120)))


@given(quoted_corrections())
def test_only_words_that_are_there_unchanged_are_exact_or_moved(correction):
    old, new, start, end = correction
    placement = anchoring.reanchor(old, new, start, end)
    if placement.anchor in INTACT:
        assert new[placement.start : placement.end] == old[start:end]
        assert (placement.anchor == Anchor.EXACT) == (placement.start == start)
    elif placement.anchor == Anchor.LOST:
        assert (placement.start, placement.end) == (None, None)
        assert old[start:end] not in new
    elif placement.start is not None:
        assert 0 <= placement.start < placement.end <= len(new)


@given(corrections(), st.data())
def test_text_that_did_not_change_keeps_every_quote(correction, data):
    text = correction[0]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert anchoring.reanchor(text, text, start, end) == (Anchor.EXACT, start, end)


def common(one, other):
    """How many characters two texts begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def likeness(one, at, other, there, length):
    """How far the words before and those after two places are the same; a text begins and ends with a line's end."""
    before = common(("\n" + one[:at])[::-1] + "\0", ("\n" + other[:there])[::-1] + "\0")
    return before, common(one[at + length :] + "\n\1", other[there + length :] + "\n\1")


@given(quoted_corrections())
def test_among_many_places_only_one_that_both_sides_single_out_is_certain(correction):
    old, new, start, end = correction
    quote = old[start:end]
    placement = anchoring.reanchor(old, new, start, end)
    here, there = ([at for at, _end in anchoring.occurrences(text, quote)] for text in (old, new))
    if old == new or placement.anchor not in INTACT or len(here) == len(there) == 1:
        return
    left, right = likeness(old, start, new, placement.start, len(quote))
    rivals = [likeness(old, start, new, at, len(quote)) for at in there if at != placement.start]
    rivals += [likeness(old, at, new, placement.start, len(quote)) for at in here if at != start]
    assert all(before < left and behind < right for before, behind in rivals)


@given(st.lists(SENTENCE, min_size=1, max_size=3), st.integers(2, 5), st.integers(1, 5), st.data())
def test_one_of_several_identical_paragraphs_is_never_guessed(paragraph, before, then, data):
    old, new = written([paragraph] * before), written([paragraph] * then)
    if before == then:
        return
    start = data.draw(st.integers(0, len(written([paragraph])) - 1))
    quote = data.draw(st.integers(start + 1, len(written([paragraph]))))
    offset = data.draw(st.integers(0, before - 1)) * (len(written([paragraph])) + 2)
    assert anchoring.reanchor(old, new, start + offset, quote + offset).anchor not in INTACT


def test_many_quotes_share_one_look_at_the_texts():
    spans = [(at, at + 60) for at in range(0, len(ARTICLE) - 60, 40)]
    changed = ARTICLE.replace("Kingdom", "country").replace("per cent", "percent")
    one_by_one = [anchoring.reanchor(ARTICLE, changed, *span) for span in spans]
    assert anchoring.reanchor_all(ARTICLE, changed, spans) == one_by_one


def test_long_words_that_changed_are_found():
    text = ARTICLE.replace("Kingdom", "country").replace("remarkable", "great")
    quote = ARTICLE[200:2600].strip()
    anchor, found = after(ARTICLE, text, quote)
    assert (anchor, found) == (Anchor.CHANGED, quote.replace("Kingdom", "country").replace("remarkable", "great"))
    shorter = f"{text[:900]} And a good deal more.\n\n{text[1000:]}"
    assert after(ARTICLE, f"Note.\n\n{shorter}", ARTICLE.strip()) == (Anchor.CHANGED, shorter.strip())


def test_sign_that_ends_the_sentence_is_not_taken_for_one_inside_a_number():
    old = "The mayor opened the depot. The city had spent 12 million euros on buses last year.\n\nNobody disagreed."
    new = old.replace("12 million", "12.5 million")
    start, end = old.index("The city"), old.index(".\n")
    placed = anchoring.reanchor(old, new, start, end)
    assert placed.anchor == Anchor.CHANGED
    assert new[placed.start : placed.end] == "The city had spent 12.5 million euros on buses last year"
