"""Is an OpenDocument text read as its reader sees it, written by whatever program?"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from shared import only

sys.path.insert(0, str(Path(__file__).parent))
from word_tools import packed

from seminarkit.core.forms.word_form import identity_line
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.personal_form import form_for

LABEL = "One obstacle in your country"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("meta", "meta"), ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("math", "math"),
        ("form", "form"),
    )
) + (
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)  # fmt: skip
STYLES = """
<style:style style:name="Base" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T1" style:family="text" style:parent-style-name="Base"/>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:font-name="Symbol1"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T5" style:family="text"><style:text-properties text:display="true"/></style:style>
<style:style style:name="Gone" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="3"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/></text:list-style>
"""  # fmt: skip
FONTS = (
    '<style:font-face style:name="Symbol1" style:font-family="Symbol" svg:font-family="Symbol"/>'
)
FONTS = FONTS.replace("svg:font-family", "office:font-family").replace("style:font-family", "fo:font-family")  # fmt: skip


def p(inside: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def span(style: str, words: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def points(style: str, *items: str, looks: str = "") -> str:
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {looks}>{inside}</text:list>'


def cells(*texts: str) -> str:
    inside = "".join(
        f"<table:table-cell>{t if t[:1] == '<' else p(t)}</table:table-cell>" for t in texts
    )
    return f"<table:table-row>{inside}</table:table-row>"


def parts(kit: SeminarFolder, answer: str, before: str = "", meta: str = "") -> dict[str, str]:
    """Return the parts of a form that another program wrote: a label, the answer, the last line."""
    line = identity_line(form_for(kit, "country_report", "GE-2"))
    place = f"<table:table>{cells(LABEL)}{cells(answer)}</table:table>"
    body = f"<office:body><office:text>{before}{place}{p('')}{p(line)}</office:text></office:body>"
    return {
        "meta": f"<office:meta>{meta}</office:meta>",
        "fonts": f"<office:font-face-decls>{FONTS}</office:font-face-decls>",
        "styles": f"<office:automatic-styles>{STYLES}</office:automatic-styles>",
        "body": body,
    }


def flat(made: dict[str, str]) -> bytes:
    return f'<?xml version="1.0"?>\n<office:document {NAMES}>{"".join(made.values())}</office:document>'.encode()


def zipped(made: dict[str, str]) -> bytes:
    def part(kind: str, *names: str) -> bytes:
        inside = "".join(made[name] for name in names)
        return f"<office:document-{kind} {NAMES}>{inside}</office:document-{kind}>".encode()

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:  # uncompressed, its type first, as the rule is
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", part("content", "fonts", "styles", "body"))
        archive.writestr("meta.xml", part("meta", "meta"))
    return buffer.getvalue()


HIDDEN, STRUCK = "hidden words were left out", "struck-through words were left out"
# what is written: what is seen, and what is said
CASES = {
    "words": (p("one  \n two") + p("<text:s text:c='2'/>three<text:tab/>four<text:line-break/>five "), "one two\n  three\tfour\nfive", ""),
    "note": (p("law<text:note text:note-class='endnote'><text:note-citation>i</text:note-citation><text:note-body>" + p("why") + "</text:note-body></text:note>"), "law [endnote: why]", ""),
    "link": (p("<text:a xlink:href='https://x.example.org/'>here</text:a>"), "here (https://x.example.org/)", ""),
    "hidden": (p("a" + span("T1", "secret")), "a", f"{HIDDEN}: 'secret'"),
    "hidden paragraph": (p("a") + p("secret", "Gone"), "a", f"{HIDDEN}: 'secret'"),
    "shown in a hidden paragraph": (p(span("T5", "shown"), "Gone"), "shown", ""),
    "hidden section": (p("a") + "<text:section text:display='none'>" + p("secret") + "</text:section>", "a", f"{HIDDEN}: 'secret'"),
    "hidden by a field": (p("a<text:hidden-text text:is-hidden='true' text:string-value='secret'/>"), "a", f"{HIDDEN}: 'secret'"),
    "struck": (p("a" + span("T2", "wrong" + span("T4", "er"))), "a", f"{STRUCK}: 'wronger'"),
    "symbol": (p("60 " + span("T3", "\uf0b3") + " 30"), "60 ≥ 30", ""),
    "raised": (p("10" + span("T4", "2")), "10²", ""),
    "list": (points("L1", p("one") + points("L1", p("sub"), p("sub2")), p("two") + p("more")), "1. one\na) sub\nb) sub2\n2. two\nmore", ""),
    "list that goes on": (points("L1", p("one")) + p("between") + points("L1", p("two"), looks="text:continue-numbering='true'"), "1. one\nbetween\n2. two", ""),
    "list that begins again": (points("L1", p("one")) + points("L1", p("one")), "1. one\n1. one", ""),
    "list with numbers above": (points("L1", p("x") + points("", p("y") + points("", p("z")))), "1. x\na) y\n1.a.1. z", ""),
    "bullets": (points("L2", p("dot")), "• dot", ""),
    "table": ("<table:table><table:table-header-rows>" + cells("L", "E") + "</table:table-header-rows>" + cells("5", p("10") + p("11")) + "</table:table>", "L | E\n5 | 10 / 11", ""),
    "deleted where it was": (p("a<text:change-start text:change-id='c1'/>gone<text:change-end text:change-id='c1'/>b"), "ab", ""),
    "box": (p("<loext:content-control loext:checkbox='true' loext:checked='true' loext:checked-state='☒'>☒</loext:content-control> yes"), "☒ yes", ""),
    "old box": (p("<field:fieldmark field:type='x.FORMCHECKBOX'><field:param field:name='Checkbox_Checked' field:value='true'/></field:fieldmark> yes"), "☒ yes", ""),
    "text box": (p("a<draw:frame><draw:text-box>" + p("aside") + "</draw:text-box></draw:frame>"), "a", "there is a text box, which is not an answer: 'aside'"),
    "picture": (p("a<draw:frame><draw:image/></draw:frame>"), "a", "there is a picture, which is not an answer"),
    "equation": (p("<draw:frame><draw:object><math:math><math:mfrac><math:mn>1</math:mn><math:mn>2</math:mn></math:mfrac></math:math></draw:object></draw:frame>"), "1/2", ""),
    "ruby": (p("<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>above</text:ruby-text></text:ruby>"), "base(above)", ""),
    "placeholder": (p("<loext:content-control loext:showing-place-holder='true'>Click here and write.</loext:content-control>") + p("x"), "x", ""),
    "comment": (p("a<office:annotation><dc:creator>N</dc:creator>" + p("Really?") + "</office:annotation>b"), "ab", "It contains comments, which were not read"),
}  # fmt: skip
DELETION = "<text:tracked-changes><text:changed-region text:id='c1'><text:deletion/></text:changed-region></text:tracked-changes>"


@pytest.mark.parametrize("pack", [zipped, flat])
@pytest.mark.parametrize("name", sorted(CASES))
def test_what_is_seen_is_the_answer(
    name: str, pack: object, kit: SeminarFolder, expected: Expected
) -> None:
    """P09 C25: in a package and as one flat file."""
    written, seen, remark = CASES[name]
    part = only(read_bytes(pack(parts(kit, written, DELETION)), expected))  # type: ignore[operator]
    assert part.reading, part.problem
    assert part.reading.answers == {"obstacle": seen}
    assert (remark in part.remark) if remark else part.remark == ""


def test_its_properties_say_whose_form_it_is(kit: SeminarFolder, expected: Expected) -> None:
    """C25: LibreOffice keeps them, and writes a time without its zone, which is then none."""
    form = form_for(kit, "country_report", "GE-2")
    meta = f"<dc:date>2020-11-18T09:30:00</dc:date><meta:user-defined meta:name='seminarkit.instance'>{form['instance']}</meta:user-defined>"  # fmt: skip
    part = only(read_bytes(zipped(parts(kit, p("x"), meta=meta)), expected))
    reading = part.reading
    assert reading, part.problem
    assert (reading.person, reading.saved_at) == ("GE-2", "")
    other = meta.replace(form["instance"], "0" * 16)
    problem = only(read_bytes(zipped(parts(kit, p("x"), meta=other)), expected)).problem
    assert "two different things about whose form" in problem


def test_one_locked_with_a_password_says_so(kit: SeminarFolder, expected: Expected) -> None:
    """C25: asking for it again would bring the same."""
    made = zipped(parts(kit, p("x")))
    manifest = b"<manifest><file-entry><encryption-data/></file-entry></manifest>"
    data = packed((("mimetype", b"application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")))  # fmt: skip
    assert only(read_bytes(data, expected)).problem == "It is locked with a password. Ask for it without one."  # fmt: skip
    assert only(read_bytes(made[: len(made) // 2], expected)).problem.startswith(
        "It is an OpenDocument file that is cut off or damaged."
    )
