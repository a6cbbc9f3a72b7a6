import io
import zipfile
from contextlib import suppress

import pytest

from claims.reading import MAX_FILE_BYTES, Unreadable, read

PARAGRAPHS = ["The mayor said that 94 per cent were vaccinated.", "“Nobody was left behind,” she said – twice."]
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A record</dc:title><dc:creator>PC-7</dc:creator>'
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)


def docx(paragraphs=PARAGRAPHS, *, compression=zipfile.ZIP_DEFLATED, **parts):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", parts.pop("document", DOCUMENT % body))
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def page(body="", head=""):
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'.encode()


ARTICLE = "<nav>Home · Sport</nav><article><h1>A record</h1>{}</article><footer>All rights reserved</footer>".format(
    "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_plain_text_is_read_in_its_encoding(encoding):
    text = "\r\n\r\n".join(PARAGRAPHS)
    assert read("a.TXT", text.encode(encoding)).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Le café était fermé, dit l’élève – « déjà vu » à Málaga."),
        ("cp1250", "Zażółć gęślą jaźń, powiedział minister. Žluťoučký kůň úpěl."),
        ("cp1251", "Привет, как дела? Сегодня хорошая погода в Москве."),
        ("koi8_r", "Привет, как дела? Сегодня хорошая погода в Москве. " * 3),
        ("gb18030", "柬埔寨已为超过百分之九十四的人口接种疫苗。"),
        ("cp932", "カンボジアは人口の九十四パーセントに接種した。"),
        ("cp1256", "تلقى معظم السكان اللقاح مجانا في البلاد."),
    ],
)
def test_letters_of_an_older_encoding_are_guessed_and_it_is_said(encoding, text):
    reading = read("a.txt", text.encode(encoding))
    assert reading.text == text.strip()
    assert reading.encoding


def test_unicode_is_no_guess():
    assert read("a.txt", "Café".encode()).encoding == ""


def test_markdown_is_read_without_its_marks():
    source = (
        "# A *record*\n\nThe [mayor](https://example.org 'x') said\nthat **94** per cent\\\nwere `vaccinated`.\n\n"
        "- One\n- Two <b>bold</b>\n\n> Quoted\n\n<script>alert(1)</script>\n\n    code\n\n![A picture](x.png)\n"
    )
    reading = read("a.md", source.encode())
    assert reading.text.split("\n\n") == [
        "A record",
        "The mayor said that 94 per cent\nwere vaccinated.",
        "One",
        "Two bold",
        "Quoted",
        "code",
        "A picture",
    ]
    assert reading.title == "A record"


def test_front_matter_of_markdown_says_what_it_is():
    source = (
        "---\ntitle: 'A  record'\nauthor: Jane Writer\ndate: 2022-07-12\nlang: km\nurl: javascript:x\n---\nIt rained.\n"
    )
    reading = read("a.md", source.encode())
    assert (reading.text, reading.title, reading.byline) == ("It rained.", "A record", "Jane Writer")
    assert (reading.published_on, reading.language, reading.url) == ("2022-07-12", "km", "")


@pytest.mark.parametrize("matter", ["a: [", "- a list", "&a [*a]", "title: [1]\ndate: 12 July"])
def test_front_matter_that_says_nothing_is_no_fault(matter):
    assert read("a.md", f"---\n{matter}\n---\nIt rained.".encode()).title == ""


def test_web_page_is_read_without_what_stands_around_the_article():
    head = (
        "<title>A record | The Daily</title><meta name=author content='Jane Writer'>"
        "<meta property='article:published_time' content='2022-07-12T10:00:00Z'>"
        "<link rel=canonical href='https://example.org/a-record'>"
    )
    reading = read("a.html", page(ARTICLE, head))
    assert reading.text == "\n\n".join(PARAGRAPHS)
    assert (reading.title, reading.byline, reading.published_on) == ("A record", "Jane Writer", "2022-07-12")
    assert (reading.language, reading.url) == ("en-GB", "https://example.org/a-record")


def test_structure_of_a_web_page_becomes_paragraphs_and_lines():
    body = (
        f"<article><p>{PARAGRAPHS[0]}<br>A second line, <b>bold</b> and <a href='x'>linked</a>.</p>"
        "<h2>A heading</h2><ul><li>One of them</li><li>Two of them</li></ul>"
        f"<blockquote><p>{PARAGRAPHS[1]}</p></blockquote></article>"
    )
    assert read("a.htm", page(body)).text.split("\n\n") == [
        f"{PARAGRAPHS[0]}\nA second line, bold and linked.",
        "A heading",
        "One of them",
        "Two of them",
        PARAGRAPHS[1],
    ]


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "shift_jis"])
def test_web_page_is_read_in_the_encoding_that_it_declares(encoding):
    text = {"shift_jis": "カンボジアは人口の九十四パーセントに接種した。" * 3}.get(
        encoding, "Сегодня хорошая погода. " * 5
    )
    body = page(f"<article><p>{text}</p></article>", f"<meta charset={encoding}>").decode()
    assert read("a.html", body.encode(encoding)).text == text.strip()


def test_web_page_that_declares_no_encoding_is_unicode():
    assert "Nobody was left behind,” she said –" in read("a.html", page(ARTICLE)).text


def test_scripts_of_a_web_page_are_no_text():
    body = (
        ARTICLE + "<script>alert(1)</script><p onclick='alert(2)'>A last paragraph of the article, of some length.</p>"
    )
    assert "alert" not in read("a.html", page(body)).text


def test_word_document_is_read():
    reading = read("a.docx", docx(**{"docProps/core.xml": CORE}))
    assert reading.text == "\n\n".join(PARAGRAPHS)
    assert (reading.title, reading.byline, reading.language) == ("A record", "", "en-GB")


def bomb():
    return docx(**{"word/media/zeros.bin": b"\0" * (30 * 1024 * 1024)})


def entities():
    doubling = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    document = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{doubling}]><x>&e29;</x>'
    return docx(document=document)


def locked():
    data = bytearray(docx())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(header)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(header, at + 1)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.exe", b"text", "files that end in .txt, .md,"),
        ("a", b"text", "files that end in"),
        ("a.txt", b"", "No readable text"),
        ("a.txt", b" \r\n\t", "No readable text"),
        ("a.md", b"<!-- nothing -->", "No readable text"),
        ("a.html", b"", "No readable text|not a web page|No article"),
        ("a.html", page("<script>alert(1)</script>"), "No article|No readable text"),
        ("a.docx", docx([]), "No readable text"),
        ("a.txt", b"\x00\x01\x02\xff\xfe" * 20, "not a text file"),
        ("a.txt", b"a\0b", "not a text file"),
        ("a.txt", b"\xff\xfea", "damaged"),
        ("a.txt", docx(), "name it .docx"),
        ("a.md", docx(), "name it .docx"),
        ("a.txt", page(ARTICLE), "name it .html|Name it .html"),
        ("a.docx", b"Just words.", "not a Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "without a password"),
        ("a.txt", b"%PDF-1.7", "PDF"),
        ("a.docx", docx()[:-40], "damaged"),
        ("a.docx", docx(document="<w:document>"), "damaged"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("a.docx", locked(), "locked with a password"),
        ("a.docx", bomb(), "too large unpacked"),
        ("a.docx", entities(), "not a document as Word writes"),
        ("a.txt", b"a" * (MAX_FILE_BYTES + 1), "10,241 kB large; Assay reads up to 10,240 kB"),
        ("a.txt", b"a" * (1024 * 1024 + 1), "1,025 kB long; Assay takes up to 1,024 kB"),
        ("a.docx", docx(["word " * 300_000]), "1,465 kB long"),
    ],
)
def test_file_that_cannot_be_read_says_why(name, data, words):
    with pytest.raises(Unreadable, match=words):
        read(name, data)


def test_text_of_exactly_one_megabyte_is_read():
    assert len(read("a.txt", b"a" * 1024 * 1024).text) == 1024 * 1024


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_deeply_nested_marks_are_read_or_refused(name):
    nested = b"<div>" * 20_000 + b"deep" if name == "a.html" else b"> " * 20_000 + b"deep"
    with suppress(Unreadable):
        read(name, nested)
