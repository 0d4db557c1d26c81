"""Word files in the shapes that Word, LibreOffice and Google Docs write."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.guidance.documents.said import Said

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{WORDS}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
# The ids of styles follow the language of the program; their names do not.
STYLES = {
    "en": {"title": "Title", "heading": "Heading1", "list": "ListParagraph"},
    "fi": {"title": "Otsikko", "heading": "Otsikko1", "list": "Luettelokappale"},
    "sv": {"title": "Rubrik", "heading": "Rubrik1", "list": "Liststycke"},
}
DRAFT = 'w:id="7" w:author="Liisa" w:date="2014-03-12T09:00:00Z"'


def part(root: str, inside: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<w:{root} {SPACES}>{inside}</w:{root}>"


def packed(body: str, document: str = "word/document.xml", **parts: str) -> bytes:
    """A whole package; `parts` by their names: footnotes, styles, header1 ..."""
    folder, _, name = document.rpartition("/")
    files = {document: part("document", f"<w:body>{body}</w:body>")}
    kinds = {}
    for label, xml in parts.items():
        files[f"{folder}/{label}.xml"] = xml
        kinds[f"{label}.xml"] = label.rstrip("0123456789")
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(kinds.items(), 1)
    )
    around = f'<Relationships xmlns="{PACKAGE}/relationships">'
    files[f"{folder}/_rels/{name}.rels"] = f"{around}{links}</Relationships>"
    files["_rels/.rels"] = (
        f'{around}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        f'Target="{document}"/></Relationships>'
    )
    files["[Content_Types].xml"] = f'<Types xmlns="{PACKAGE}/content-types"/>'
    files["docProps/core.xml"] = "<core><title>Never read this.</title></core>"
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        for at, content in files.items():
            made.writestr(at, content)
    return box.getvalue()


def run(text: str, marks: str = "") -> str:
    look = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(inside: str, style: str = "", numbered: int = 0, mark: str = "") -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        about += '<w:numPr><w:ilvl w:val="0"/>'
        about += f'<w:numId w:val="{numbered}"/></w:numPr>'
    about += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f'<w:p w14:paraId="1A2B3C4D"><w:pPr>{about}</w:pPr>{inside}</w:p>'


def typed(text: str, style: str = "", numbered: int = 0) -> str:
    """A paragraph as Word splits it: in runs that end wherever one has typed."""
    half = len(text) // 2
    spell = '<w:proofErr w:type="spellStart"/><w:lastRenderedPageBreak/>'
    return p(
        run(text[:half]) + f"<w:r>{spell}</w:r>" + run(text[half:]), style, numbered
    )


def table(rows: list[list[str]]) -> str:
    """`rows` of cells, each of paragraphs."""
    made = ""
    for row in rows:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell in row
        )
        made += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{made}</w:tbl>"


def style(id: str, name: str, inside: str = "", base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    about = f'<w:name w:val="{name}"/>{based}{inside}'
    return f'<w:style w:type="paragraph" w:styleId="{id}">{about}</w:style>'


def styles(language: str) -> str:
    ids = STYLES[language]
    return part(
        "styles",
        style("Normal", "Normal")
        + style(ids["title"], "Title")
        + style(ids["heading"], "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
        + style("Ours", "Oma otsikko", base=ids["heading"])
        + style(
            "Bullets",
            "Oma lista",
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
        )
        + style("TOC1", "toc 1")
        + style(ids["list"], "List Paragraph"),
    )


def numbering() -> str:
    """A bullet list (1) and a list of numbers (2)."""
    made = ""
    for number, form, sign in ((1, "bullet", "\uf0b7"), (2, "decimal", "%1.")):
        level = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        level += f'<w:lvlText w:val="{sign}"/>'
        made += f'<w:abstractNum w:abstractNumId="{number}">'
        made += f'<w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
    for number in (1, 2):
        made += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    return part("numbering", made)


def notes(text: str, kind: str = "footnote") -> str:
    lines = "".join(
        f'<w:{kind} w:type="{name}" w:id="{at}"><w:p><w:r><w:{name}/></w:r></w:p>'
        f"</w:{kind}>"
        for at, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    own = f'<w:r><w:rPr><w:rStyle w:val="Ref"/></w:rPr><w:{kind}Ref/></w:r>'
    return part(
        f"{kind}s", f'{lines}<w:{kind} w:id="1">{p(own + run(" " + text))}</w:{kind}>'
    )


def noted(text: str) -> str:
    """A paragraph that has a footnote after its first sentence."""
    first, dot, rest = text.partition(". ")
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    mark += '<w:footnoteReference w:id="1"/></w:r>'
    return p(run(first + dot.strip()) + mark + run(" " + rest))


def framed(said: Said) -> dict[str, str]:
    """Heads and feet of pages, with a field that counts them."""
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE '
    field += '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    field += run("2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    head, foot = said.furniture
    return {
        "header1": part("hdr", p(run(head), "Header")),
        "footer1": part("ftr", p(run(foot + " ") + field, "Footer")),
    }


def by_word(said: Said) -> bytes:
    """As Word saves it: ids of styles in its language, a footnote, a link."""
    ids = STYLES[said.language]
    first, last = said.end
    link = f'<w:hyperlink r:id="rId9" w:history="1">{run(last)}</w:hyperlink>'
    body = [
        typed(said.title, ids["title"]),
        noted(" ".join(said.aim)),
        p(run(said.lead)),
        *(typed(item, ids["list"], 1) for item in said.banned),
        typed(said.steps_title, ids["heading"]),
        *(typed(step, ids["list"], 2) for step in said.steps),
        table([[p(run(cell)) for cell in row] for row in [said.head, *said.rows]]),
        p(run(first + " ") + link),
        '<w:sectPr><w:headerReference r:id="rId4"/></w:sectPr>',
    ]
    return packed(
        "".join(body),
        footnotes=notes(said.note),
        styles=styles(said.language),
        numbering=numbering(),
        **framed(said),
    )


def by_writer(said: Said) -> bytes:
    """As LibreOffice saves it: soft hyphens, breaks in lines, notes at the end."""
    first, second = said.aim
    body = [
        p(run(said.title), "Title"),
        p(
            run(first.replace(" ", "\u00a0", 1))
            + "<w:r><w:br/></w:r>"
            + run(second[:9])
            + "<w:r><w:softHyphen/></w:r>"
            + run(second[9:14] + "\u00ad" + second[14:])
        ),
        p(run(said.lead), "TextBody"),
        *(p(run(item), "Bullets") for item in said.banned),
        p(run(said.steps_title), "Ours"),
        *(p(run(f"{n}.\u00a0{step}")) for n, step in enumerate(said.steps, 1)),
        table([[p(run(cell)) for cell in row] for row in [said.head, *said.rows]]),
        p("".join(run(word + " ") for word in " ".join(said.end).split())),
    ]
    about = styles(said.language)
    about = about.replace(STYLES[said.language]["title"], "Title")
    return packed(
        "".join(body),
        endnotes=notes(said.note, "endnote"),
        styles=about,
        numbering=numbering(),
        **framed(said),
    )


def by_google(said: Said) -> bytes:
    """As Google Docs saves it: every paragraph in a control, contents at the top."""
    contents = p(run(said.steps_title + "\t2"))
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    body = [
        p(run(said.title), "Title"),
        controlled(contents, f"{gallery}<w:docPartUnique/></w:docPartObj>"),
        controlled(p(run(" ".join(said.aim)))),
        p(run(said.lead, "<w:rtl w:val='0'/>")),
        *(p(controlled(run(item)), numbered=1) for item in said.banned),
        p(run(said.steps_title), "Heading1"),
        *(p(run(step), numbered=2) for step in said.steps),
        table([[p(run(cell)) for cell in row] for row in [said.head, *said.rows]]),
        p(run(" ".join(said.end))),
        p("", numbered=1),
    ]
    return packed(
        "".join(body),
        footnotes=notes(said.note),
        numbering=numbering(),
        **framed(said),
    )


def controlled(inside: str, about: str = "") -> str:
    known = f'<w:sdtPr><w:alias w:val="Field"/>{about}</w:sdtPr>'
    return f"<w:sdt>{known}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def boxed(inside: str, text: str = "") -> str:
    """A text box as Word writes it: twice, the second time for older programs."""
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
    new += "</wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}'
    both = f"<mc:AlternateContent>{both}</mc:Fallback></mc:AlternateContent>"
    return p(f"<w:r>{both}</w:r>" + (run(text) if text else ""))
