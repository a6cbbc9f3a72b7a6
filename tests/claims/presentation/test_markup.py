import re

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
    assert to_html("# One\n\n##### Five") == "<h3>One</h3>\n<h4>Five</h4>\n"
    assert to_html("## Two", top=2) == "<h2>Two</h2>\n"


def test_no_level_of_heading_is_left_out() -> None:
    text = "### Three\n\n# One\n\n## Two\n\n### Three\n\n# One"
    assert re.findall("<h.", to_html(text)) == ["<h3", "<h3", "<h4", "<h5", "<h3"]


def test_tables_are_tables_with_their_columns_sides_and_no_inline_style() -> None:
    html = to_html("| Who | Share |\n|:--|--:|\n| *Readers* | 94% |\n| <b>x</b> | |")
    assert "".join(html.split()) == (
        '<table><thead><tr><th>Who</th><thclass="to-end">Share</th></tr></thead>'
        '<tbody><tr><td><em>Readers</em></td><tdclass="to-end">94%</td></tr>'
        '<tr><td>&lt;b&gt;x&lt;/b&gt;</td><tdclass="to-end"></td></tr></tbody></table>'
    )


def test_lines_with_bars_alone_are_no_table() -> None:
    assert to_html("a | b\nc | d") == "<p>a | b\nc | d</p>\n"


@given(st.text(alphabet="<>&\"'[]()!#*_`\n ajs:/=|-", max_size=80))
def test_no_markup_but_the_allowed_comes_out(markdown: str) -> None:
    html = to_html(markdown)
    assert not any(bad in html for bad in ("<img", "<script", "<style", "style=", "<a onclick", "javascript:alert("))
