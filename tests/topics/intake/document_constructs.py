"""What people and programs put into a document: how Word stores it, what is seen, what is not."""

from __future__ import annotations

from dataclasses import dataclass

NAMES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)


@dataclass(frozen=True)
class Construct:
    """``xml`` in a document; ``seen`` is the answer it makes by itself.

    ``gone`` are words that no answer may hold, and ``why`` the words of the remark on them.
    ``office``: LibreOffice keeps it in a document of its own.
    """

    xml: str
    seen: str
    gone: str = ""
    why: str = ""
    block: bool = False
    office: bool = True


def run(words: str, looks: str = "") -> str:
    look = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def par(inside: str, looks: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}{inside}</w:p>"


def point(words: str, level: int = 0, number: int = 91) -> str:
    return par(
        run(words), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def table(*rows: str) -> str:
    columns = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="4000" w:type="dxa"/></w:tblPr>{columns}{"".join(rows)}</w:tbl>'


def row(*cells: str, looks: str = "") -> str:
    inside = "".join(
        f"<w:tc><w:tcPr/>{cell if cell.startswith('<w:') else par(run(cell) if cell else '')}</w:tc>"
        for cell in cells
    )
    return f"<w:tr>{f'<w:trPr>{looks}</w:trPr>' if looks else ''}{inside}</w:tr>"


def link(words: str, relation: str) -> str:
    return f'<w:hyperlink r:id="{relation}">{run(words)}</w:hyperlink>'


def complex_field(code: str, result: str, data: str = "") -> str:
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(looks: str, inside: str) -> str:
    return f"<w:sdt><w:sdtPr>{looks}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def drawing(uri: str, inside: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="7" name="D"/><a:graphic><a:graphicData uri="{uri}">{inside}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_BOX = f"<w:txbxContent>{par(run('boxword'))}</w:txbxContent>"
_TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="8" name="B"/><a:graphic>'
    f'<a:graphicData uri="{_WPS}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
    f"</wps:spPr><wps:txbx>{_BOX}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f'<v:shape style="width:90pt;height:90pt"><v:textbox>{_BOX}</v:textbox></v:shape>'
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_CHECKED = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
_WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
_HIDDEN = "hidden words were left out"
_STRUCK = "struck-through words were left out"
_MATH = (
    "<m:oMath><m:f><m:num><m:r><m:t>a+1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den>"
    "</m:f></m:oMath>"
)

CONSTRUCTS = {
    "plain": Construct(run("plain"), "plain"),
    "footnote": Construct(
        run("based") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" on"),
        "based [footnote: footword (https://foot.example.org/a)] on",
    ),
    "endnote": Construct(
        run("ended") + '<w:r><w:endnoteReference w:id="2"/></w:r>', "ended [endnote: endword]"
    ),
    "symbol of Symbol": Construct(
        run("A ") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 60"), "A ≥ 60"
    ),
    "symbol of Wingdings": Construct(
        run("B ") + '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "B →"
    ),
    "symbol without private number": Construct(
        run("S ") + '<w:r><w:sym w:font="Wingdings" w:char="00FC"/></w:r>', "S ✓", office=False
    ),
    "private sign in its font": Construct(run("C ") + run("\uf0e0", _WINGDINGS), "C →"),
    "bullet pasted without its font": Construct(run("\uf0b7 pasted"), "• pasted"),
    "private sign of an unknown font": Construct(
        run("D ") + run("\ue5a1", '<w:rFonts w:ascii="Mystery" w:hAnsi="Mystery"/>'),
        "D [?]", "\ue5a1", "a character could not be read as text (",
    ),
    "link on a word": Construct(
        run("law ") + link("here", "rLaw") + run("."), "law here (https://law.example.org/2019)."
    ),
    "link that shows its address": Construct(link("https://law.example.org/2019", "rLaw"), "https://law.example.org/2019"),
    "link to a mail address": Construct(link("Nino", "rMail"), "Nino (nino@example.org)"),
    "link as a field": Construct(
        complex_field('HYPERLINK "https://field.example.org/"', run("field")),
        "field (https://field.example.org/)",
    ),
    "link as a simple field": Construct(
        f'<w:fldSimple w:instr=\' HYPERLINK "https://simple.example.org/" \'>{run("simple")}</w:fldSimple>',
        "simple (https://simple.example.org/)", office=False,
    ),
    "link into the document": Construct(f'<w:hyperlink w:anchor="top">{run("jump")}</w:hyperlink>', "jump"),
    "link to a file": Construct(run("see ") + link("draft", "rFile"), "see draft", "C:/Users", "a link was left out"),
    "hidden": Construct(run("E ") + run("hidword", "<w:vanish/>"), "E ", "hidword", _HIDDEN),
    "hidden in two runs": Construct(
        run("F ") + run("hid", "<w:vanish/>") + run("twice", "<w:vanish w:val='on'/>"), "F ", "hidtwice", _HIDDEN
    ),
    "hidden by the style of a run": Construct(run("G ") + run("hidstyle", '<w:rStyle w:val="HiddenChild"/>'), "G ", "hidstyle", _HIDDEN),
    "hidden by the style of a paragraph": Construct(par(run("hidpar"), '<w:pStyle w:val="HiddenPara"/>'), "", "hidpar", _HIDDEN, block=True),
    "not hidden after all": Construct(par(run("unhidden", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="HiddenPara"/>'), "unhidden", block=True),
    "hidden on a screen": Construct(run("H ") + run("webhid", "<w:webHidden/>"), "H ", "webhid", _HIDDEN, office=False),
    "hidden footnote": Construct(run("I ") + '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="4"/></w:r>', "I ", "hidfoot", _HIDDEN, office=False),
    "words hidden in a footnote": Construct(run("J") + '<w:r><w:footnoteReference w:id="3"/></w:r>', "J [footnote: open]", "secret", _HIDDEN),
    "hidden row": Construct(table(row("K1", "K2"), row(par(run("hidrow", "<w:vanish/>")), "", looks="<w:hidden/>")), "K1 | K2", "hidrow", _HIDDEN, block=True),
    "struck": Construct(run("struckword", "<w:strike/>") + run("L"), "L", "struckword", _STRUCK),
    "struck twice": Construct(run("doubleword", "<w:dstrike/>") + run("M"), "M", "doubleword", _STRUCK),
    "struck by style": Construct(run("strstyle", '<w:rStyle w:val="StruckChar"/>') + run("N"), "N", "strstyle", _STRUCK),
    "a toggle on in two styles is off": Construct(par(run("untoggled", '<w:rStyle w:val="StruckChar"/>'), '<w:pStyle w:val="StruckPara"/>'), "untoggled", block=True, office=False),
    "tracked changes": Construct(
        f'<w:ins w:id="5" w:author="a" w:date="2020-01-01T00:00:00Z">{run("inserted")}</w:ins>'
        '<w:del w:id="6" w:author="a" w:date="2020-01-01T00:00:00Z"><w:r><w:delText>deleted</w:delText></w:r></w:del>',
        "inserted", "deleted",
    ),
    "moved words": Construct(
        f'<w:moveFrom w:id="7" w:author="a" w:date="2020-01-01T00:00:00Z">{run("movedword")}</w:moveFrom>'
        f'<w:moveTo w:id="8" w:author="a" w:date="2020-01-01T00:00:00Z">{run("movedword")}</w:moveTo>',
        "movedword",
    ),
    "text box": Construct(run("O ") + _TEXT_BOX, "O ", "boxword", "there is a text box, which is not an answer"),
    "picture": Construct(
        run("P ") + drawing("http://schemas.openxmlformats.org/drawingml/2006/picture", "<pic:pic/>"),
        "P ", "", "there is a picture, which is not an answer", office=False,
    ),
    "chart": Construct(
        run("Q ") + drawing("http://schemas.openxmlformats.org/drawingml/2006/chart", '<c:chart r:id="rNone"/>'),
        "Q ", "", "there is a chart, which is not an answer", office=False,
    ),
    "diagram": Construct(
        run("R ") + drawing("http://schemas.openxmlformats.org/drawingml/2006/diagram", '<dgm:relIds r:dm="rNone"/>'),
        "R ", "", "there is a diagram, which is not an answer", office=False,
    ),
    "object": Construct(run("T ") + "<w:r><w:object><o:OLEObject/></w:object></w:r>", "T ", "", "there is an inserted file or control", office=False),
    "another document": Construct('<w:altChunk r:id="rNone"/>', "", "", "there is another document that was inserted", block=True, office=False),
    "equation": Construct(run("U ") + _MATH, "U (a+1)/2", office=False),
    "ruby": Construct(
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('kana')}</w:rt><w:rubyBase>{run('kanji')}</w:rubyBase></w:ruby></w:r>",
        "kanji(kana)", office=False,
    ),
    "field": Construct(run("page ") + complex_field("PAGE", run("7")), "page 7", office=False),
    "field in the code of a field": Construct(
        complex_field(f"IF {complex_field('MERGEFIELD x', run('unseen'))} = 1", run("shown")), "shown", "unseen", office=False
    ),
    "field that never ends": Construct('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("kept"), "kept", office=False),
    "box of an older form": Construct(
        complex_field("FORMCHECKBOX", "", '<w:ffData><w:name w:val="c"/><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>') + run(" agreed"),
        "☒ agreed",
    ),
    "list of an older form": Construct(
        complex_field("FORMDROPDOWN", "", '<w:ffData><w:name w:val="d"/><w:ddList><w:result w:val="1"/><w:listEntry w:val="crimson"/><w:listEntry w:val="green"/></w:ddList></w:ffData>'),
        "green", "crimson",
    ),
    "numbers": Construct(point("one") + point("sub", 1) + point("deep", 2) + point("two"), "1. one\na) sub\ni. deep\n2. two", block=True),
    "number that begins again": Construct(point("again", 0, 95), "5. again", block=True),
    "numbers with words": Construct(point("A", 0, 93) + point("B", 1, 93), "Article I: A\nI.1 B", block=True),
    "bullets": Construct(point("dot", 0, 92), "• dot", block=True),
    "numbered by style": Construct(par(run("styled"), '<w:pStyle w:val="MyList"/>'), "A) styled", block=True),
    "no number after all": Construct(par(run("bare"), '<w:pStyle w:val="MyList"/><w:numPr><w:numId w:val="0"/></w:numPr>'), "bare", block=True),
    "table": Construct(table(row("Level", "ECTS"), row("5", "10")), "Level | ECTS\n5 | 10", block=True),
    "table with two lines in a cell": Construct(table(row(par(run("up")) + par(run("down")), "side")), "up / down | side", block=True),
    "table in a table": Construct(table(row("outer", table(row("in1", "in2")) + par(""))), "outer | in1 | in2", block=True),
    "cells joined downwards": Construct(
        table(
            "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + par(run("both")) + "</w:tc><w:tc><w:tcPr/>" + par(run("r1")) + "</w:tc></w:tr>",
            "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + par("") + "</w:tc><w:tc><w:tcPr/>" + par(run("r2")) + "</w:tc></w:tr>",
        ), "both | r1\n | r2", block=True,
    ),
    "hyphens, tabs and breaks": Construct(
        run("micro") + "<w:r><w:noBreakHyphen/></w:r>" + run("cred") + "<w:r><w:tab/></w:r>" + run("t") + "<w:r><w:br/></w:r>" + run("next"),
        "micro\u2011cred\tt\nnext",
    ),
    "capitals": Construct(run("law", "<w:caps/>") + run(" Act", "<w:smallCaps/>"), "law Act"),
    "raised and lowered": Construct(
        run("10") + run("2", '<w:vertAlign w:val="superscript"/>') + run(" CO") + run("2", '<w:vertAlign w:val="subscript"/>') + run(" 1") + run("st", '<w:vertAlign w:val="superscript"/>'),
        "10² CO₂ 1st",
    ),
    "box control in words": Construct(control(_CHECKED, run("☒")) + run(" ticked"), "☒ ticked"),
    "date control": Construct(control('<w:date w:fullDate="2020-11-20T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/></w:date>', run("20 November 2020")), "20 November 2020"),
    "list control": Construct(control('<w:dropDownList><w:listItem w:displayText="Blue" w:value="b"/></w:dropDownList>', run("Blue")), "Blue"),
    "repeating section": Construct(
        control("<w15:repeatingSection/>", control("<w15:repeatingSectionItem/>", par(run("item1"))) + control("<w15:repeatingSectionItem/>", par(run("item2")))),
        "item1\nitem2", block=True,
    ),
    "direction": Construct(f'<w:bdo w:val="ltr">{run("left")}</w:bdo>' + run(" שלום", "<w:rtl/>"), "left שלום"),
    "tags of other programs": Construct(
        f'<w:smartTag w:element="x">{run("smart")}</w:smartTag><w:customXml w:element="y">{run(" custom")}</w:customXml>', "smart custom"
    ),
    "emoji in two ways": Construct(
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="1F60A"/></mc:Choice>'
        "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent></w:r>", "😊",
    ),
    "first letter in a frame": Construct(
        par(run("D"), '<w:framePr w:dropCap="drop" w:lines="3"/>') + par(run("ropped")), "Dropped", block=True, office=False
    ),
}  # fmt: skip
# words that LibreOffice shows in another way, and rightly so
IN_OFFICE = {
    "box of an older form": "☒",
}


STYLES = (
    '<w:style w:type="character" w:styleId="HiddenChar"><w:name w:val="HiddenChar"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="HiddenChild"><w:name w:val="HiddenChild"/><w:basedOn w:val="HiddenChar"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="HiddenPara"><w:name w:val="HiddenPara"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="StruckChar"><w:name w:val="StruckChar"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="StruckPara"><w:name w:val="StruckPara"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="MyList"><w:name w:val="MyList"/><w:pPr><w:numPr><w:numId w:val="94"/></w:numPr></w:pPr></w:style>'
)  # fmt: skip


def _levels(*levels: tuple[str, str]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )


def _list(number: int, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


LISTS = (
    _list(900, _levels(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3.")))
    + _list(901, '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:lvl>')
    + _list(902, _levels(("upperRoman", "Article %1:"), ("decimal", "%1.%2")))
    + _list(903, _levels(("upperLetter", "%1)")))
    + _list(904, _levels(("decimal", "%1.")))
)  # fmt: skip
NUMBERS = "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'
    for number, kind, more in (
        (91, 900, ""),
        (92, 901, ""),
        (93, 902, ""),
        (94, 903, ""),
        (95, 904, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
    )
)
_FOOT_LINK = link("footword", "rFoot")
FOOTNOTES = {
    2: _FOOT_LINK,
    3: run("open") + run(" secret", "<w:vanish/>"),
    4: run("hidfoot"),
}
ENDNOTES = {2: run("endword")}
LINKS = {
    "rLaw": "https://law.example.org/2019",
    "rMail": "mailto:nino@example.org?subject=Law",
    "rFile": "file:///C:/Users/nino/draft.docx",
}
