import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.presentation.highlights import runs


def found(text: str, searched: str) -> list[str]:
    return [run.text for run in runs(text, searched) if run.found]


@pytest.mark.parametrize(
    ("text", "searched", "words"),
    [
        ("Rain fell; it rained.", "rain", ["Rain", "rained"]),
        ("The rail is long.", "rain", []),
        ("The vaccination of all", "vaccinated", ["vaccination"]),
        ("A façade of Zürich", "facade zurich", ["façade", "Zürich"]),
        ("A facade", "Façade", ["facade"]),
        ("Trees were planted", '"trees planted"', ["Trees", "planted"]),
        ("Trees, not bushes", "trees -bushes", ["Trees"]),
        ("94 per cent", "94", ["94"]),
        ("the mayor's word", "mayor's", ["mayor's"]),
        ("In 2022 and 20220", "2022", ["2022", "20220"]),
        ("Some 680,000 of 680 people", "680000", ["680,000"]),
        ("12\u202f300\u202f000 doses, 12 300 000 people", "12,300,000", ["12\u202f300\u202f000", "12 300 000"]),
        ("In 2022, 300 of 2022,300", "2022", ["2022", "2022"]),
        ("On July 12 300 people voted", "300", ["300"]),
        ("On July 12 300 people voted", "12", ["12"]),
        ("In 12 300 people", "300 people", ["300", "people"]),
        ("In 12 or 300", "12 300", ["12", "300"]),
        ("In 12 or 300", "12,300", []),
        ("An ox", "o", []),
        ("ប្រទេស កម្ពុជា", "កម្ពុជា", ["កម្ពុជា"]),
        ("«Rain», she said", "rain", ["Rain"]),
    ],
)
def test_words_are_found_as_the_search_finds_them(text: str, searched: str, words: list[str]) -> None:
    assert found(text, searched) == words


@given(st.text(max_size=60), st.text(max_size=30))
def test_runs_joined_are_the_text(text: str, searched: str) -> None:
    assert "".join(run.text for run in runs(text, searched)) == text
