"""Do the words of a mail in HTML come out as lines, and nothing that nobody sees?"""

from __future__ import annotations

import time

import pytest

from seminarkit.topics.intake.containers import MailWords
from seminarkit.topics.intake.mail.mail_html import text_of_html
from seminarkit.topics.intake.mail.mail_text import lines_of, unflowed

ITEM = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span><![endif]>Point<o:p></o:p></p>"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<style>p{color:red}</style><script>alert(1)</script><title>x</title><p>One</p>", ["One"]),
        ("<head><style>a{}</style></head><body><!-- no --><!--[if mso]><p>no</p><![endif]-->One</body>", ["One"]),
        ("<div style='display:none'>no</div><span style='font-size:0px'>no</span><p hidden>no</p><p>One</p>", ["One"]),
        ("<p>One</p><img src='https://x.org/p.gif' alt='no' width=1><button>no</button>", ["One"]),
        ("<ul><li>One<li>Two</ul><ol><li>A</li><li>B</li></ol>", ["- One", "- Two", "1. A", "2. B"]),
        (ITEM.format("\u00b7"), ["- Point"]),
        (ITEM.format("\u00a7"), ["- Point"]),
        (ITEM.format("2."), ["2. Point"]),
        ("<table><tr><td>Exchange cases</td><td>AM, GE</td></tr><tr><td>Head</td><td>- a<br>- b</td></tr></table>", ["Exchange cases (AM, GE)", "Head", "- a", "- b"]),
        ("<p>a&nbsp;&amp;&lt;b&gt;<br>c", ["a\u00a0&<b>", "c"]),
        ("<div>On<blockquote type=cite>quoted<blockquote>twice</blockquote></blockquote>own</div>", ["On", "> quoted", ">> twice", "own"]),
        ("<blockquote style='margin:0 0 0 40px;border:none;padding:0'>indented</blockquote>", ["indented"]),
        ("<p>Own</p><div id=divRplyFwdMsg><b>Lähete:</b> X</div>", ["Own", "-----Original Message-----", "Lähete: X"]),
        ("<p>Own</p><div class=gmail_signature>Ana</div>", ["Own", "-- ", "Ana"]),
        ("<pre>- a\n- b</pre>", ["- a", "- b"]),
        ("- a\n- b", ["- a", "- b"]),
        ("<p>a < b and c", ["a < b and c"]),
        ("<p>Own <never ends", ["Own <never ends"]),
    ],
)  # fmt: skip
def test_lines_of_html(html: str, lines: list[str]) -> None:
    """G09: quoted lines, lists of Outlook, tables; no style, script, hidden word or picture."""
    assert [line.rstrip() for line in text_of_html(html).splitlines() if line.strip()] == [
        line.rstrip() for line in lines
    ]


@pytest.mark.parametrize("html", ["<!--" * 10**5, "<a " * 10**5, "<div>" * 10**5, "<p>" * 10**5, "<a href=\"" * 10**5, "<td>x" * 30_000, "</i>" * 10**5, "<li>x" * 30_000])  # fmt: skip
@pytest.mark.timeout(120)
def test_html_that_never_ends_takes_no_time(html: str) -> None:
    began = time.process_time()
    text_of_html(html)
    assert time.process_time() - began < 8


def test_flowed_text_is_joined_and_a_sender_s_name_begins_a_signature() -> None:
    """G09: RFC 3676, with and without DelSp; the name of the mail's own head."""
    assert unflowed("- One \ntwo\n> a \n> b\n-- \nAna\n") == "- One two\n> a b\n-- \nAna\n"
    assert unflowed("regis \nter\n", deletes=True) == "register\n"
    words = MailWords("- One\n\nK, Ana\n", "text/plain", sender="Ana K <a@example.org>")
    assert lines_of(words).splitlines()[2] == "-- "
