from claims.presentation.marks import STEPS
from claims.presentation.picture import coins

SHAPES = {*STEPS, "open", "beyond", "retracted", "waiting"}


def test_every_shape_has_a_drawing_of_its_own() -> None:
    assert set(coins.DRAWINGS) == {*SHAPES, "brand", "dot"}
    drawn = {coins.mask(shape, 84).tobytes() for shape in SHAPES}
    assert len(drawn) == len(SHAPES)


def test_coin_is_the_fuller_the_truer() -> None:
    ink = [sum(coins.mask(shape, 84).histogram()[128:]) for shape in ("quarter", "half", "most", "full")]
    assert ink == sorted(set(ink))


def test_nothing_is_drawn_beyond_the_edge() -> None:
    for shape in SHAPES:
        left, top, right, bottom = coins.mask(shape, 96).getbbox()
        assert left > 0, shape
        assert top > 0, shape
        assert right < 96, shape
        assert bottom < 96, shape
