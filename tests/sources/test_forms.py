import datetime

import pytest

from sources.forms import PartialDateField, PartialDatesForm
from sources.models import Source
from tests.claims import factories


class SourceForm(PartialDatesForm):
    partial_dates = ("published_on",)

    class Meta:
        model = Source
        fields = ["title", "published_on"]


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2022-07-12", datetime.date(2022, 7, 12), "day"),
        ("2022-07", datetime.date(2022, 7, 1), "month"),
        (" 2022 ", datetime.date(2022, 1, 1), "year"),
        ("", None, ""),
    ],
)
@pytest.mark.django_db
def test_date_and_its_precision_are_typed_in_one_box(text, date, precision):
    form = SourceForm({"title": "A register", "published_on": text}, instance=Source(kind="other", access="open"))
    assert form.is_valid(), form.errors
    source = form.save()
    source.refresh_from_db()
    assert (source.published_on, source.published_on_precision) == (date, precision)


@pytest.mark.django_db
def test_date_is_shown_as_far_as_it_is_known():
    source = factories.source(published_on="2022-07-01", published_on_precision="month")
    source.refresh_from_db()
    assert 'value="2022-07"' in str(SourceForm(instance=source)["published_on"])


@pytest.mark.django_db
def test_what_is_no_date_is_said_so_once():
    form = SourceForm({"title": "A register", "published_on": "July"})
    assert form.errors == {"published_on": ["“July” is not a date: write 2022-07-12, 2022-07 or 2022."]}


def test_required_date_is_asked_for():
    field = PartialDateField(required=True)
    with pytest.raises(Exception, match="required"):
        field.clean("")
