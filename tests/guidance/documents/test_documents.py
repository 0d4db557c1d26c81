"""Files as people bring them, and files made to do harm."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.utils.translation import override
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter

from pesue.guidance.documents import Unreadable, bounded, kinds, text_of

pytestmark = pytest.mark.thorough

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def a_pdf(*pages: str) -> bytes:
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(0, 6, text)
    return bytes(pdf.output())


def a_docx(body: str, **parts: str) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", content)
    return box.getvalue()


def packed_as(kind: str) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as made:
        made.writestr("mimetype", kind)
        made.writestr("content.xml", "<office/>")
    return box.getvalue()


def paragraph(text: str, style: str = "") -> str:
    marked = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{marked}<w:r><w:t>{text}</w:t></w:r></w:p>"


def refused(name: str, data: bytes) -> str:
    with pytest.raises(Unreadable) as told:
        text_of(name, data)
    assert str(told.value)
    return told.value.reason


def test_plain_text_in_the_encodings_people_have() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert (
            text_of("a.txt", "Älä jaa öitä.".encode(encoding)).text == "Älä jaa öitä."
        )


def test_markdown_and_web_pages_keep_lists_and_tables() -> None:
    markdown = (
        "# Ohje\n\n- Kerro työstäsi\n- Kysy ensin\n\n| a | b |\n|---|---|\n| c | d |"
    )
    page = "<html><head><title>t</title><script>x()</script></head>"
    page += "<body><nav>Valikko</nav>"
    page += "<h1>Ohje</h1><ul><li>Kerro työstäsi<li>Kysy ensin</ul>"
    page += "<table><tr><td>c</td><td>d</td></tr></table></body></html>"
    for name, given_text in (("a.md", markdown), ("a.html", page)):
        lines = text_of(name, given_text.encode()).text.split("\n\n")
        assert lines[:3] == ["# Ohje", "- Kerro työstäsi", "- Kysy ensin"]
        assert lines[-1] == "c | d"


def test_word_with_a_list_a_table_a_note_and_tracked_changes() -> None:
    changed = (
        "<w:p><w:r><w:t>Kerro </w:t></w:r><w:del><w:r><w:delText>ei</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>aina</w:t></w:r></w:ins></w:p>"
    )
    cells = "".join(f"<w:tc>{paragraph(t)}</w:tc>" for t in ("Aihe", "Kuka"))
    body = paragraph("Ohje", "Heading1") + paragraph("Kysy", "ListParagraph") + changed
    body += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    note = f"<w:footnote>{paragraph('Huomaa.')}</w:footnote>"
    note = f"<w:footnotes {W}>{note}</w:footnotes>"
    found = text_of("a.docx", a_docx(body, footnotes=note)).text
    assert found.split("\n\n") == [
        "# Ohje",
        "- Kysy",
        "Kerro aina",
        "Aihe | Kuka",
        "Huomaa.",
    ]


def test_a_pdf_of_some_pages() -> None:
    found = text_of("a.pdf", a_pdf("Älä jaa kuvia.", "Kysy viestinnästä."))
    assert found.pages == 2
    assert found.text.split("\n\n") == ["Älä jaa kuvia. Kysy viestinnästä."]


@pytest.mark.thorough
def test_pdfs_that_cannot_be_read_say_what_to_do() -> None:
    whole = a_pdf("Kerro työstäsi.")
    assert refused("a.pdf", whole[: len(whole) // 2]) in {"broken pdf", "scanned"}
    assert refused("a.pdf", b"%PDF-1.7\nnothing") == "broken pdf"
    assert refused("a.pdf", a_pdf(*["Sivu"] * 300)) == "long pdf"
    scan = io.BytesIO()
    Image.new("RGB", (200, 300), "white").save(scan, "PDF")
    assert refused("a.pdf", scan.getvalue()) == "scanned"
    locked, out = PdfWriter(clone_from=PdfReader(io.BytesIO(whole))), io.BytesIO()
    locked.encrypt("salasana", algorithm="RC4-128")
    locked.write(out)
    assert refused("a.pdf", out.getvalue()) == "locked pdf"


@pytest.mark.thorough
def test_bombs_and_broken_word_files() -> None:
    bomb = a_docx(paragraph("a" * 70_000_000))
    assert len(bomb) < 200_000
    assert refused("a.docx", bomb) == "bomb"
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert refused("a.docx", a_docx(paragraph("x"), footnotes=entities)) == "bomb"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as made:
        for n in range(2100):
            made.writestr(f"{n}", "")
    assert refused("a.docx", many.getvalue()) == "bomb"
    whole = a_docx(paragraph("Kerro."))
    assert refused("a.docx", whole[:80]) == "broken docx"
    assert refused("a.docx", a_docx("<w:p><oops>")) == "broken docx"
    deep = "<w:sdt>" * 4000 + paragraph("Kerro.") + "</w:sdt>" * 4000
    assert text_of("a.docx", a_docx(deep)).text == "Kerro."
    deep = "<w:tbl><w:tr><w:tc>" * 2000 + "</w:tc></w:tr></w:tbl>" * 2000
    assert refused("a.docx", a_docx(deep)) == "broken docx"


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", OLD + b"x" * 99, "old office"),
        ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "locked office"),
        ("a.rtf", b"{\\rtf1\\ansi\\deff0 Kerro ty\\'f6st\\'e4si.\\par}", "rtf"),
        ("a.doc", b"{\\rtf1\\ansi Kerro.\\par}", "rtf"),
        ("a.odt", packed_as("application/vnd.oasis.opendocument.text"), "odt"),
        ("a.zip", packed_as("application/epub+zip"), "not docx"),
        ("a.txt", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.html", b"<html><script>alert('Hei')</script></html>", "empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(30)) * 9, "binary"),
    ],
    # A packed file holds the second in which it was made: no name for a test.
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_other_kinds_say_how_to_bring_them(name: str, data: bytes, reason: str) -> None:
    assert refused(name, data) == reason
    told = set()
    for language in ("en", "fi", "sv"):
        with override(language):
            told.add(str(Unreadable(reason)))
    assert len(told) == 3
    if reason in {"old office", "locked office", "rtf", "odt"}:
        assert all("docx" in words for words in told)


def test_nothing_takes_more_time_or_memory_than_a_guideline_may(monkeypatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.01)
    assert refused("a.docx", a_docx(paragraph("Kerro."))) == "slow"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx"])
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\3\4", b"<html>"]))
def test_whatever_the_bytes_it_is_read_or_told(name: str, data: bytes, head: bytes):
    with suppress(Unreadable):
        assert kinds.read(name, head + data).text


@pytest.mark.parametrize("head", [b"", b"PK\3\4", b"<html>", b"%PDF-1.7"])
def test_a_process_of_its_own_answers_as_well(head: bytes) -> None:
    with suppress(Unreadable):
        assert text_of("a.md", head + bytes(range(256))).text
