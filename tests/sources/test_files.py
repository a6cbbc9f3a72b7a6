import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from sources import files


def archive(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def office(part):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(part, "<document/>")
    return buffer.getvalue()


ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<document/>"}
DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
PNG = b"\x89PNG\r\n\x1a\n...."
TAKEN = [
    ("a.pdf", b"%PDF-1.7\n..."),
    ("A.PDF", b"%PDF-1.7\n..."),
    ("a.png", PNG),
    ("a.jpg", b"\xff\xd8\xff\xe0...."),
    ("a.jpeg", b"\xff\xd8\xff\xe1...."),
    ("a.gif", b"GIF89a...."),
    ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    ("a.docx", DOCX),
    ("a.xlsx", XLSX),
    ("a.odt", archive(**ODT)),
    ("a.txt", "Rain, “ever” since May.\n".encode()),
    ("a.txt", "Rain".encode("utf-16")),
    ("a.txt", "Pluie d’été".encode("cp1252")),
    ("a.csv", b"month,days\r\nMay,20\r\n"),
    ("a.eml", b"From: a@example.org\r\nSubject: Rain\r\n\r\nIt rained."),
]
REFUSED = [
    ("a.exe", b"MZ....", "of this kind is not taken"),
    ("a", b"%PDF-1.7", "of this kind is not taken"),
    ("a.svg", b"<svg onload='alert(1)'/>", "of this kind is not taken"),
    ("a.html", b"<p>Rain", "of this kind is not taken"),
    ("a.pdf.html", b"%PDF-1.7", "of this kind is not taken"),
    ("a.pdf", b"", "empty"),
    ("a.pdf", PNG, "something else"),
    ("a.png", b"%PDF-1.7", "something else"),
    ("a.webp", b"RIFF\x00\x00\x00\x00WAVEfmt ", "something else"),
    ("a.docx", XLSX, "something else"),
    ("a.docx", b"PK\x03\x04 not a whole archive", "something else"),
    ("a.odt", archive(**ODT | {"mimetype": "application/vnd.oasis.opendocument.graphics"}), "something else"),
    ("a.odt", archive(mimetype="x"), "something else"),
    ("a.txt", b"\x7fELF\x02\x01\x01\x00", "something else"),
    ("a.txt", b"%PDF-1.7", "something else"),
    ("a.csv", PNG + b"\x00", "something else"),
    ("a.eml", b"It rained.", "something else"),
]


@pytest.mark.parametrize(("name", "content"), TAKEN)
def test_document_is_taken_and_left_as_it_was(name, content):
    file = ContentFile(content, name=name)
    files.check(file)
    assert file.read() == content


@pytest.mark.parametrize(("name", "content", "message"), REFUSED)
def test_file_that_is_no_document_or_not_what_it_says_is_refused(name, content, message):
    with pytest.raises(ValidationError, match=message):
        files.check(ContentFile(content, name=name))


def test_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(ValidationError, match=r"11.+bytes; the largest that is taken has 10"):
        files.check(ContentFile(b"%PDF-......", name="a.pdf"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Minutes of May.pdf", "Minutes of May.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Desk\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("w" * 300 + ".pdf", "w" * 195 + "….pdf"),
    ],
)
def test_name_is_shown_on_one_line_without_folders_and_tricks(name, shown):
    assert files.shown_name(name) == shown


def test_stored_name_is_our_own():
    path = files.file_path(None, "../../Minutes.PDF")
    assert path.startswith("sources/")
    assert (path.endswith(".pdf"), path.count("/"), "Minutes" in path) == (True, 1, False)
