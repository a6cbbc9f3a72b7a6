from claims.presentation.timeline import HEIGHT, WIDTH, timeline


def test_every_year_between_has_its_place() -> None:
    drawn = timeline({2020: 4, 2023: 2, None: 3})
    assert [(column.year, column.number) for column in drawn.columns] == [(2020, 4), (2021, 0), (2022, 0), (2023, 2)]
    assert [column.height for column in drawn.columns] == [HEIGHT, 0, 0, HEIGHT / 2]
    assert all(column.x >= 0 and column.x + column.width <= WIDTH for column in drawn.columns)
    assert all(column.y + column.height == HEIGHT for column in drawn.columns)
    assert ([column.year for column in drawn.table], drawn.unknown) == ([2020, 2023], 3)


def test_so_many_years_are_not_all_written() -> None:
    drawn = timeline({1900: 1, 2020: 1})
    assert [column.year for column in drawn.columns if column.label][:3] == [1900, 1913, 1926]


def test_there_is_nothing_to_compare_in_one_year_or_none() -> None:
    assert timeline({2020: 4, None: 2}) is None
    assert timeline({}) is None
