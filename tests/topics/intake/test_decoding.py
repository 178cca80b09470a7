"""Are words read as they were written, whatever encoding they were saved in?"""

from __future__ import annotations

import random

import pytest

from seminarkit.topics.intake.encoding.decode import decode

# text -> the encodings that programs of that country save it in
SAVED = {
    "Микрокредиты признаются вузами.": ("cp1251", "koi8-r", "cp866", "iso8859-5"),
    "Кто платит за курсы?": ("cp1251", "koi8-r", "cp866", "iso8859-5"),
    "Нет закона, но есть проект.": ("cp1251", "koi8-r", "cp866", "iso8859-5"),
    "Да": ("cp1251", "koi8-r"),
    "Закон ще не ухвалено, є проєкт.": ("cp1251", "koi8-u"),
    "Хто плаціць за курсы?": ("cp1251",),
    "Закон још није усвојен.": ("cp1251",),
    "Заң жоқ, бірақ жоба бар.": ("kz1048",),
    "Zakon još nije usvojen, čeka se odluka.": ("cp1250", "iso8859-2"),
    "Škole i đaci": ("cp1250", "iso8859-2"),
    "Legea nu există încă, dar există un proiect în pregătire.": ("cp1250", "iso8859-2"),
    "Ligji nuk është miratuar ende; universitetet janë pjesë.": ("cp1252",),
    "La loi n'existe pas encore, un projet est à l'étude.": ("cp1252", "iso8859-1", "mac-roman"),
    "L’université – où ça ? « Oui » œuvre": ("cp1252",),
    "Modèle français": ("cp1252", "iso8859-1"),
    "Yasa henüz çıkmadı, taslağı hazırlanıyor.": ("cp1254", "iso8859-9"),
    "من يدفع ثمن الدورات؟": ("cp1256", "iso8859-6"),
    "نعم": ("cp1256", "iso8859-6"),
    "מי משלם על הקורסים?": ("cp1255", "iso8859-8"),
    "Ποιος πληρώνει για τα μαθήματα;": ("cp1253", "iso8859-7"),
    "Ustawa jeszcze nie istnieje, trwają prace nad projektem.": ("cp1250", "iso8859-2"),
    "Who’s paying – the state? 20 €": ("cp1252",),
}
CASES = [(text, code) for text, codes in SAVED.items() for code in codes]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_an_encoding_that_is_not_declared_is_guessed_and_named(text: str, code: str) -> None:
    """C22 O29: a line is enough."""
    words, remark = decode(text.encode(code))
    assert words == text
    assert "It was read as " in remark
    assert "it does not say how its letters are encoded. Check that the words are right." in remark


@pytest.mark.parametrize(("text", "code"), CASES)
@pytest.mark.parametrize("declared", ["us-ascii", "utf-8", "x-unknown", "unicode_escape"])
def test_a_charset_that_cannot_be_true_is_not_believed(text: str, code: str, declared: str) -> None:
    """C22 O29"""
    words, remark = decode(text.encode(code), declared)
    assert (words, bool(remark)) == (text, True)


@pytest.mark.parametrize(
    ("text", "code"), [case for case in CASES if case[0].isascii() or case[1] != "mac-roman"]
)
def test_latin_1_is_believed_only_where_its_letters_are_words(text: str, code: str) -> None:
    """C22: old mail programs write it on mails in Cyrillic."""
    assert decode(text.encode(code), "iso-8859-1")[0] == text


@pytest.mark.parametrize(("text", "code"), CASES)
def test_a_right_declaration_needs_no_remark(text: str, code: str) -> None:
    assert decode(text.encode(code), code) == (text, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("日本語のテキスト", "shift_jis"),
        ("日本語のテキスト", "iso-2022-jp"),
        ("中文文本", "gb2312"),
        ("한국어", "euc-kr"),
        ("ภาษาไทย", "tis-620"),
        ("Ţară și ţări", "utf-7"),
    ],
)
def test_what_is_only_read_where_declared(text: str, code: str) -> None:
    assert decode(text.encode(code), code) == (text, "")


@pytest.mark.parametrize("text", SAVED)
@pytest.mark.parametrize(
    "code", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_unicode_is_known_without_a_declaration(text: str, code: str) -> None:
    """C22: UTF-16 also without its mark, as long as a blank stands in it."""
    if code in ("utf-16-le", "utf-16-be") and len(text) < 8:
        text = f"{text} {text} {text}"
    for declared in (None, "iso-8859-1", "windows-1251"):
        assert decode(text.encode(code), declared) == (text, "")


def test_a_damaged_letter_of_many_is_shown_and_remarked() -> None:
    text = "Ministère, université, établissement, où ça".encode()
    words, remark = decode(text.replace("ù".encode(), b"\xc3", 1))
    assert words == "Ministère, université, établissement, o\ufffd ça"
    assert (
        remark
        == "Attention: one of its letters is damaged and shown as \ufffd. Check the words there."
    )
    words, remark = decode(b"\xe9" + text + text + b"\xe9 ")
    assert remark.startswith("Attention: 2 of its letters are damaged")


def test_what_fits_no_alphabet_is_not_invented() -> None:
    words, remark = decode(b"a\x81\x8d\x8f\x90\x9d b\xa0\xff\x81")
    assert "\ufffd" in words
    assert "it is not known how the text was saved. Ask for the text saved as UTF-8" in remark


def test_no_bytes_and_no_declaration_break_it() -> None:
    draw = random.Random(15)
    charsets = (None, "", "x" * 999, "utf-7", "idna", "hz", "utf-16", "\0", "é", "zip", "cp1251")
    for _ in range(150):
        data = draw.randbytes(draw.randrange(60))
        words, _ = decode(data, draw.choice(charsets))
        assert isinstance(words, str)
