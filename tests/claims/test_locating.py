import pytest

from claims import locating


def test_words_are_found_as_they_are_typed():
    assert locating.find("It rained. It rained.", " It rained\r\n") == ([(0, 9), (11, 20)], True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("So “it\n rained” there.", 'So "it rained" there.'),
        ("So it was ‘wet’ there.", "So  it was 'wet' there."),
        ("So it\u00a0rained.", "So it rained."),
        ("So « it » rained.", 'So " it " rained.'),
    ],
)
def test_words_with_other_space_and_marks_are_found(text, words):
    assert locating.find(text, words) == ([(0, len(text))], False)


def test_words_as_they_are_typed_come_before_similar_ones():
    assert locating.find('"Rain" or “Rain”', '"Rain"') == ([(0, 6)], True)
    assert locating.find("“Rain” or «Rain»", '"Rain"') == ([(0, 6), (10, 16)], False)


def test_what_is_not_there_is_not_found():
    assert locating.find("It rained.", "It r.ined") == ([], False)
    assert locating.find("It rained.", "  ") == ([], False)


THRICE = [(0, 4), (10, 14), (20, 24)]


@pytest.mark.parametrize(
    ("places", "which", "here", "chosen"),
    [
        (THRICE[:1], None, None, (0, 4)),
        (THRICE[:1], 1, (20, 24), (0, 4)),
        (THRICE, 2, None, (10, 14)),
        (THRICE, 2, (20, 24), (10, 14)),
        (THRICE, None, (20, 24), (20, 24)),
        ([(at, at + 1) for at in range(60)], 55, None, (54, 55)),
    ],
)
def test_the_place_that_is_meant_is_chosen(places, which, here, chosen):
    assert locating.choose(places, which=which, here=here) == chosen


@pytest.mark.parametrize(
    ("places", "which", "name", "words"),
    [
        ([], None, "quote", "The article does not say this, word for word. Copy the words from its text."),
        ([], 2, "quote", "The article does not say this, word for word. Copy the words from its text."),
        (THRICE[:1], 2, "occurrence", "The article says this only once."),
        (THRICE, 4, "occurrence", "The article says this only 3 times."),
        (THRICE, None, "occurrence", "The article says this 3 times. Which one is it?"),
        (THRICE * 17, None, "quote", "The article says this 51 times. Take in more of the words around."),
    ],
)
def test_words_of_no_one_place_are_told_of(places, which, name, words):
    with pytest.raises(locating.Unlocated) as why:
        locating.choose(places, which=which, here=(1, 2))
    assert (why.value.name, str(why.value)) == (name, words)
