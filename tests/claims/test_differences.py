from hypothesis import given
from hypothesis import strategies as st

from claims.differences import DELETED, INSERTED, SAME, Difference, words

TEXTS = st.text(alphabet="ab \n“é", max_size=40)


def test_words_that_changed_are_told_from_those_that_did_not():
    assert words("It rained in May.", "It poured in May.") == [
        Difference(SAME, "It "),
        Difference(DELETED, "rained "),
        Difference(INSERTED, "poured "),
        Difference(SAME, "in May."),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_differences(before, after):
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.what != INSERTED) == before
    assert "".join(run.text for run in runs if run.what != DELETED) == after
    assert all(run.text for run in runs)
