from hypothesis import given
from hypothesis import strategies as st

from claims.presentation.markup import to_html


def test_raw_html_is_shown_as_typed() -> None:
    assert "<script" not in to_html("<script>alert(1)</script>")
    assert "&lt;script&gt;" in to_html("a <script>alert(1)</script>")


def test_links_are_marked_as_not_ours() -> None:
    assert to_html("[x](https://example.org)") == '<p><a href="https://example.org" rel="nofollow noopener">x</a></p>\n'


def test_links_to_scripts_are_not_made() -> None:
    assert "href" not in to_html("[x](javascript:alert) [y](data:text/html,x)")


def test_pictures_are_not_loaded() -> None:
    assert "<img" not in to_html("![x](https://example.org/x.png)")


def test_headings_come_below_the_page_s_own() -> None:
    assert to_html("# One\n\n##### Five") == "<h3>One</h3>\n<h6>Five</h6>\n"


@given(st.text(alphabet="<>&\"'[]()!#*_`\n ajs:/=", max_size=80))
def test_no_markup_but_the_allowed_comes_out(markdown: str) -> None:
    html = to_html(markdown)
    assert not any(bad in html for bad in ("<img", "<script", "<style", "style=", "<a onclick", "javascript:alert("))
