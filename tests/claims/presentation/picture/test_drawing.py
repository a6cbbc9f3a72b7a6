import io

import pytest
from PIL import Image

from claims.presentation.picture.drawing import drawn
from claims.presentation.picture.faces import Face, of_site
from claims.presentation.picture.palette import COLOURS

FACE = Face(("most",), "Assay", False, "It rained.", "Mostly true", "The Mayor", "2022", published="Published 2026")
LONG = "w" * 160
OTHERS = {
    "headline": "It snowed.",
    "word": "True",
    "speaker": "The Baker",
    "date": "2021",
    "remark": "Retracted.",
    "published": "Published 2027",
    "site": "Check",
}


def pixels(content: bytes) -> dict[str, int]:
    """How many there are of each colour that has a name."""
    image = Image.open(io.BytesIO(content))
    image.load()
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (1200, 630))
    counted = {"#{:02x}{:02x}{:02x}".format(*colour): number for number, colour in image.getcolors(1200 * 630)}
    return {name: counted.get(colour, 0) for name, colour in COLOURS.items()}


@pytest.mark.parametrize(
    "shape", ["full", "most", "half", "quarter", "empty", "open", "waiting", "beyond", "retracted"]
)
def test_picture_has_the_colour_of_its_mark(shape: str) -> None:
    found = pixels(drawn(FACE._replace(shapes=(shape,))))
    assert found[shape] > 14_000
    assert found["paper"] > 600_000
    assert found["ink"] > 1_000
    assert not any(found[other] for other in {"full", "half", "retracted"} - {shape})


def test_same_face_is_the_same_bytes() -> None:
    assert drawn(FACE) == drawn(FACE)


@pytest.mark.parametrize(("field", "other"), OTHERS.items())
def test_whatever_is_said_is_to_be_seen(field: str, other: str) -> None:
    assert drawn(FACE._replace(**{field: other})) != drawn(FACE)


def test_claim_that_cannot_be_written_leaves_room_for_its_mark() -> None:
    plain, left_out = pixels(drawn(FACE)), pixels(drawn(FACE._replace(headline="\ue000", speaker="\ue000")))
    assert left_out["most"] > plain["most"] + 10_000


@pytest.mark.parametrize("is_rtl", [False, True])
def test_nothing_runs_over_the_edge(is_rtl: bool) -> None:
    written = ("headline", "word", "speaker", "site")
    face = FACE._replace(**dict.fromkeys(written, LONG), is_rtl=is_rtl)
    for shown in (face, of_site()._replace(site=LONG, headline=LONG)):
        image = Image.open(io.BytesIO(drawn(shown)))
        for x in (30, 1199 - 30):
            assert {image.getpixel((x, y)) for y in range(630)} == {image.getpixel((x, 0))}


def test_picture_begins_at_the_right_where_people_read_from_there() -> None:
    for is_rtl, x in ((False, 0), (True, 1199)):
        image = Image.open(io.BytesIO(drawn(FACE._replace(is_rtl=is_rtl))))
        assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((x, 300))) == COLOURS["most"]


def test_site_has_a_picture_of_its_own() -> None:
    found = pixels(drawn(of_site()))
    assert all(found[name] > 300 for name in ("accent", "full", "most", "half", "quarter", "empty"))
