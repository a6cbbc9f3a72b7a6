import pytest

from claims.presentation.marks import Mark, of_document, of_rating, of_status


@pytest.mark.parametrize(
    ("steps", "shapes"),
    [
        (1, ["full"]),
        (2, ["empty", "full"]),
        (3, ["empty", "half", "full"]),
        (5, ["empty", "quarter", "half", "most", "full"]),
    ],
)
def test_shape_of_a_rating_is_its_place_on_the_scale(steps: int, shapes: list[str]) -> None:
    marks = [of_rating(name="x", value=value, best=steps, worst=1) for value in range(1, steps + 1)]
    assert [mark.shape for mark in marks] == shapes


def test_a_rating_without_a_value_is_open() -> None:
    assert of_rating(name="Unproven", value=None, best=5, worst=1) == Mark("open", "Unproven")


def test_a_retracted_document_is_marked_so_whatever_its_rating() -> None:
    rating = {"slug": "true", "name": "True", "value": 5, "best": 5, "worst": 1}
    assert of_document({"verification_status": "retracted", "rating": rating}) == Mark("retracted", "Retracted")


def test_unrated_documents_say_why() -> None:
    assert [of_status(status).word for status in ("unverified", "not_checkable")] == [
        "Not yet checked",
        "Not checkable",
    ]
