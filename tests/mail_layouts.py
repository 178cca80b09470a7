"""How mail programs answer a sheet of notes: what they add above, around and below the words.

Each layout is one program in one language, as it writes today. The words of the programs are
theirs; the people and addresses are made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Any, Literal, get_args

Where = Literal["above", "between", "below", "within"]
Body = Literal["plain", "html", "both"]
WHERE, BODIES = get_args(Where), get_args(Body)
WHO, AT = "SPHERE Team", "team@example.org"


@dataclass(frozen=True)
class Layout:
    """One program. ``opens`` are its lines above what it quotes, ``marks`` whether with ">".

    ``greets`` and ``signs`` are the writer's, ``adds`` the program's last lines; ``quote`` is how
    its HTML begins and ends a quotation.
    """

    name: str
    opens: tuple[str, ...]
    marks: bool
    greets: str
    signs: tuple[str, ...]
    adds: tuple[str, ...] = ()
    quote: tuple[str, str] = ('<blockquote type="cite">', "</blockquote>")
    opens_html: str = ""
    signs_html: str = "{}"


GMAIL: dict[str, Any] = {
    "marks": True,
    "quote": (
        '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">',
        "</blockquote>",
    ),
    "opens_html": '<div dir="ltr" class="gmail_attr">{}<br></div>',
    "signs_html": '<div class="gmail_signature" data-smartmail="gmail_signature">{}</div>',
}
OUTLOOK: dict[str, Any] = {
    "marks": False,
    "quote": ("", ""),
    "opens_html": '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{}</p></div>',
}
WEB: dict[str, Any] = {
    "marks": False,
    "quote": ("", ""),
    "opens_html": '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{}</font></div>',
}
BIRD: dict[str, Any] = {
    "marks": True,
    "opens_html": '<div class="moz-cite-prefix">{}<br></div>',
    "signs_html": '<div class="moz-signature">-- <br>{}</div>',
}
LINE = "_" * 32


def headers(*labels: str, sep: str = ": ") -> tuple[str, ...]:
    values = (f"{WHO} <{AT}>", "27.11.2020 13:05", "Rapporteur <r@example.org>", "The sheet")
    return tuple(f"{label}{sep}{value}" for label, value in zip(labels, values, strict=True))


def signed(closing: str, post: str, tel: str) -> tuple[str, ...]:
    return (closing, "Ana K", post, tel)


EN = (
    "Dear all,",
    signed("Best regards,", "Head of unit, Ministry of Education", "Tel. +995 32 000 000"),
)
FR = (
    "Bonjour,",
    signed("Cordialement,", "Chef d'unité, Ministère de l'éducation", "Tél. : +213 21 00 00 00"),
)
RU = (
    "Добрый день!",
    signed(
        "С уважением,", "начальник отдела, Министерство образования", "тел.: +7 (495) 000-00-00"
    ),
)
AR = (
    "السادة الزملاء،",
    signed("مع أطيب التحيات،", "رئيسة وحدة، وزارة التعليم العالي", "هاتف: 00962600000000"),
)
ES = (
    "Estimados colegas:",
    signed("Un cordial saludo,", "Jefa de unidad, Ministerio", "Tel. 910 00 00 00"),
)
DE = (
    "Liebe Kolleginnen und Kollegen,",
    signed("Mit freundlichen Grüßen", "Leiterin, Ministerium für Bildung", "Tel. 030 0000000"),
)
IT = ("Gentili colleghi,", signed("Cordiali saluti", "Capo unità, Ministero", "Tel. 06 0000 0000"))
PL = (
    "Szanowni Państwo,",
    signed("Z poważaniem", "Naczelnik wydziału, Ministerstwo", "tel. 22 000 00 00"),
)
RO = (
    "Bună ziua,",
    signed("Cu stimă,", "Șef de secție, Ministerul Educației", "Tel.: 022 00 00 00"),
)
UK = (
    "Доброго дня!",
    signed("З повагою,", "начальник відділу, Міністерство освіти", "тел. 044 000 00 00"),
)
KA = (
    "გამარჯობა,",
    signed("პატივისცემით,", "განყოფილების უფროსი, სამინისტრო", "ტელ.: 032 2 000 000"),
)
HY = ("Հարգելի գործընկերներ,", signed("Հարգանքով՝", "բաժնի պետ, նախարարություն", "հեռ. 010 000000"))
AZ = ("Hörmətli həmkarlar,", signed("Hörmətlə,", "şöbə müdiri, Nazirlik", "tel. 012 000 00 00"))
KK = (
    "Құрметті әріптестер!",
    signed("Құрметпен,", "бөлім басшысы, министрлік", "тел. 8 7172 000000"),
)
UZ = (
    "Assalomu alaykum,",
    signed("Hurmat bilan,", "boʻlim boshligʻi, vazirlik", "tel. 71 000 00 00"),
)
TR = ("Merhaba,", signed("Saygılarımla,", "Birim başkanı, Bakanlık", "Tel: 0312 000 00 00"))
HE = ("שלום רב,", signed("בברכה,", "ראש יחידה, משרד החינוך", "טל' 02-0000000"))
SQ = ("Përshëndetje,", signed("Me respekt,", "Shefe e njësisë, Ministria", "Tel. 04 000 0000"))
SR = (
    "Poštovani,",
    signed("S poštovanjem,", "načelnica, Ministarstvo prosvjete", "tel. 020 000 000"),
)


def layout(
    name: str, opens: Sequence[str], kind: dict, who: tuple, adds: Sequence[str] = ()
) -> Layout:
    return Layout(name, tuple(opens), greets=who[0], signs=who[1], adds=tuple(adds), **kind)


PLAIN: dict[str, Any] = {"marks": True}
LAYOUTS = {
    each.name: each
    for each in (
        layout("Gmail en", (f"On Fri, Nov 27, 2020 at 1:05 PM {WHO} <{AT}>", "wrote:"), GMAIL, EN),
        layout(
            "Gmail en, an external sender",
            (f"On Fri, 27 Nov 2020, 13:05 {WHO}, <{AT}> wrote:",),
            GMAIL,
            EN,
            (
                "This email and any attachments are confidential and intended solely for the addressee.",
                "If you are not the intended recipient, please delete it and tell the sender.",
            ),
        ),
        layout("Gmail fr", (f"Le ven. 27 nov. 2020 à 13:05, {WHO} <{AT}> a écrit :",), GMAIL, FR),
        layout("Gmail ru", (f"пт, 27 нояб. 2020 г. в 13:05, {WHO} <{AT}>:",), GMAIL, RU),
        layout(
            "Gmail ar",
            (
                f"في الجمعة، ٢٧ نوفمبر ٢٠٢٠ في ١:٠٥ م تمت كتابة ما يلي بواسطة \u202a{WHO}\u202c\u200f <\u202a{AT}\u202c\u200f>:",
            ),
            GMAIL,
            AR,
        ),
        layout(
            "Gmail es", (f"El vie, 27 nov 2020 a las 13:05, {WHO} (<{AT}>)", "escribió:"), GMAIL, ES
        ),
        layout(
            "Gmail de",
            (f"Am Fr., 27. Nov. 2020 um 13:05 Uhr schrieb {WHO} <", f"{AT}>:"),
            GMAIL,
            DE,
        ),
        layout(
            "Gmail it",
            (f"Il giorno ven 27 nov 2020 alle ore 13:05 {WHO} <{AT}>", "ha scritto:"),
            GMAIL,
            IT,
        ),
        layout("Gmail pl", (f"pt., 27 lis 2020 o 13:05 {WHO} <{AT}> napisał(a):",), GMAIL, PL),
        layout("Gmail ro", (f"În vin., 27 nov. 2020 la 13:05, {WHO} <{AT}> a scris:",), GMAIL, RO),
        layout("Gmail uk", (f"пт, 27 лист. 2020 р. о 13:05 {WHO} <{AT}> пише:",), GMAIL, UK),
        layout("Gmail ka", (f"პარ, 27 ნოე. 2020, 13:05 {WHO} <{AT}> წერდა:",), GMAIL, KA),
        layout("Gmail hy", (f"{WHO} <{AT}>-ը գրել է (ուրբ, 27 նոյ 2020 թ., 13:05)․",), GMAIL, HY),
        layout("Gmail az", (f"{WHO} <{AT}>, 27 noy 2020, Cüm, 13:05 tarixində yazdı:",), GMAIL, AZ),
        layout("Gmail kk", (f"2020 ж. 27 қараша, жм, 13:05 {WHO} <{AT}> жазды:",), GMAIL, KK),
        layout("Gmail uz", (f"27-noy, 2020, juma kuni, 13:05 {WHO} <{AT}> yozdi:",), GMAIL, UZ),
        layout(
            "Gmail tr",
            (f"{WHO} <{AT}>, 27 Kas 2020 Cum, 13:05 tarihinde şunu", "yazdı:"),
            GMAIL,
            TR,
        ),
        layout(
            "Gmail he",
            (
                f"\u202bבתאריך יום ו׳, 27 בנוב׳ 2020 ב-13:05 מאת \u202a{WHO}\u202c\u200f <\u202a{AT}\u202c\u200f>:\u202c",
            ),
            GMAIL,
            HE,
        ),
        layout("Gmail sq", (f"Të pre, 27 nën 2020 në 13:05, {WHO} <{AT}> shkroi:",), GMAIL, SQ),
        layout("Gmail sr", (f"pet, 27. nov 2020. u 13:05 {WHO} <{AT}> je napisao/la:",), GMAIL, SR),
        layout("Outlook en", headers("From", "Sent", "To", "Subject"), OUTLOOK, EN),
        layout(
            "Outlook en, bold",
            headers("*From", "*Sent", "*To", "*Subject", sep=":* "),
            OUTLOOK,
            EN,
            ("Please consider the environment before printing this e-mail.",),
        ),
        layout("Outlook fr", headers("De", "Envoyé", "À", "Objet", sep=" : "), OUTLOOK, FR),
        layout(
            "Outlook ru",
            headers("От", "Отправлено", "Кому", "Тема"),
            OUTLOOK,
            RU,
            ("Это сообщение и вложения конфиденциальны и предназначены только адресату.",),
        ),
        layout(
            "Outlook de",
            headers("Von", "Gesendet", "An", "Betreff"),
            OUTLOOK,
            DE,
            ("Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt.",),
        ),
        layout("Outlook es", headers("De", "Enviado el", "Para", "Asunto"), OUTLOOK, ES),
        layout("Outlook ar", headers("من", "تم الإرسال", "إلى", "الموضوع"), OUTLOOK, AR),
        layout("Outlook tr", headers("Kimden", "Gönderilmiş", "Kime", "Konu"), OUTLOOK, TR),
        layout("Outlook uk", headers("Від", "Надіслано", "Кому", "Тема"), OUTLOOK, UK),
        layout("Outlook it", headers("Da", "Inviato", "A", "Oggetto"), OUTLOOK, IT),
        layout("Outlook pl", headers("Od", "Wysłano", "Do", "Temat"), OUTLOOK, PL),
        layout("Outlook ro", headers("De la", "Trimis", "Către", "Subiect"), OUTLOOK, RO),
        layout(
            "Outlook, a language that is not listed",
            headers("Lähete", "Ajal", "Kellele", "Teema"),
            OUTLOOK,
            EN,
        ),
        layout("Outlook web en", (LINE, *headers("From", "Sent", "To", "Subject")), WEB, EN),
        layout(
            "Outlook mobile en",
            (LINE, *headers("From", "Date", "To", "Subject")),
            WEB,
            EN,
            ("Get Outlook for Android<https://aka.ms/AAb9ysg>",),
        ),
        layout(
            "Outlook mobile fr",
            (LINE, *headers("De", "Envoyé", "À", "Objet", sep=" : ")),
            WEB,
            FR,
            ("Télécharger Outlook pour iOS<https://aka.ms/o0ukef>",),
        ),
        layout(
            "Outlook Express en",
            ("-----Original Message-----", *headers("From", "Sent", "To", "Subject")),
            OUTLOOK,
            EN,
            (
                "---",
                "This email has been checked for viruses by Avast antivirus software.",
                "https://www.avast.com/antivirus",
            ),
        ),
        layout(
            "Zimbra fr",
            ("----- Mail original -----", *headers("De", "Envoyé", "À", "Objet")),
            OUTLOOK,
            FR,
        ),
        layout("Apple Mail en", (f"> On 27 Nov 2020, at 13:05, {WHO} <{AT}> wrote:",), PLAIN, EN),
        layout(
            "iPhone en",
            (f"On 27 Nov 2020, at 13:05, {WHO} <{AT}> wrote:",),
            PLAIN,
            EN,
            ("Sent from my iPhone",),
        ),
        layout(
            "iPhone fr",
            (f"Le 27 nov. 2020 à 13:05, {WHO} <{AT}> a écrit :",),
            PLAIN,
            FR,
            ("Envoyé de mon iPhone",),
        ),
        layout(
            "iPhone de",
            (f"Am 27.11.2020 um 13:05 schrieb {WHO} <{AT}>:",),
            PLAIN,
            DE,
            ("Von meinem iPhone gesendet",),
        ),
        layout(
            "iPhone ru",
            (f"27 нояб. 2020 г., в 13:05, {WHO} <{AT}> написал(а):",),
            PLAIN,
            RU,
            ("Отправлено с iPhone",),
        ),
        layout(
            "iPhone uk",
            (f"27 лист. 2020 р. о 13:05 {WHO} <{AT}> пише:",),
            PLAIN,
            UK,
            ("Надіслано з iPhone",),
        ),
        layout(
            "iPad ar",
            (f"في ٢٧‏/١١‏/٢٠٢٠، الساعة ١:٠٥ م، كتب/كتبت {WHO} <{AT}>:",),
            PLAIN,
            AR,
            ("مرسل من الـ iPad الخاص بي",),
        ),
        layout(
            "iPhone tr",
            (f"{WHO} <{AT}> şunları yazdı (27 Kas 2020 13:05):",),
            PLAIN,
            TR,
            ("iPhone'umdan gönderildi",),
        ),
        layout(
            "Samsung en",
            ("-------- Original message --------", *headers("From", "Date", "To", "Subject")),
            OUTLOOK,
            EN,
            ("Sent from my Galaxy",),
        ),
        layout(
            "Samsung ru",
            ("-------- Исходное сообщение --------", *headers("От", "Дата", "Кому", "Тема")),
            OUTLOOK,
            RU,
            ("Отправлено с моего устройства Galaxy",),
        ),
        layout("Thunderbird en", (f"On 27/11/2020 13:05, {WHO} wrote:",), BIRD, EN),
        layout("Thunderbird fr", (f"Le 27/11/2020 à 13:05, {WHO} a écrit :",), BIRD, FR),
        layout("Thunderbird de", (f"Am 27.11.20 um 13:05 schrieb {WHO}:",), BIRD, DE),
        layout(
            "Thunderbird ru",
            (f"27.11.2020 13:05, {WHO} пишет:",),
            BIRD,
            RU,
            ("--", "Это сообщение проверено на вирусы антивирусом Avast.", "www.avast.com"),
        ),
        layout(
            "Yahoo en",
            (f"On Friday, November 27, 2020, 01:05:00 PM GMT+1, {WHO} <{AT}> wrote:",),
            {"marks": False, "quote": ('<div class="yahoo_quoted">', "</div>")},
            EN,
            ("Sent from Yahoo Mail on Android",),
        ),
        layout(
            "Mail.ru",
            (f"Пятница, 27 ноября 2020, 13:05 +03:00 от {WHO} <{AT}>:",),
            PLAIN,
            RU,
            ("Отправлено из мобильной Почты Mail.ru",),
        ),
        layout(
            "Yandex",
            (f'27.11.2020, 13:05, "{WHO}" <{AT}>:',),
            PLAIN,
            RU,
            ("Отправлено из мобильного приложения Яндекс Почты",),
        ),
        layout(
            "Roundcube en", (f"On 2020-11-27 13:05, {WHO} wrote:",), PLAIN, EN, ("-- ", "Ana K")
        ),
        layout("Horde de", (f"Zitat von {WHO} <{AT}>:",), PLAIN, DE),
        layout(
            "Lotus Notes en",
            (
                f"From:        {WHO} <{AT}>",
                "To:        Rapporteur <r@example.org>",
                "Date:        27/11/2020 13:05",
                "Subject:        The sheet",
                LINE,
            ),
            OUTLOOK,
            EN,
        ),
        layout(
            "ProtonMail en",
            (f"On Friday, November 27th, 2020 at 1:05 PM, {WHO} <{AT}> wrote:",),
            PLAIN,
            EN,
            ("Sent with ProtonMail Secure Email.",),
        ),
        layout(
            "a list",
            (f"On Fri, Nov 27, 2020 at 1:05 PM {WHO} <{AT}> wrote:",),
            GMAIL,
            EN,
            (
                "-- ",
                'You received this message because you are subscribed to the Google Groups "SPHERE" group.',
                "To unsubscribe from this group, send an email to sphere+unsubscribe@example.org.",
                "To view this discussion on the web visit https://groups.google.com/d/msgid/x.",
            ),
        ),
    )
}


@dataclass(frozen=True)
class Words:
    """What one person wrote, in a sheet: its lines below each heading, and the person's own."""

    first: str
    top: tuple[str, ...]  # what the sheet says above its headings
    sections: tuple[
        tuple[str, tuple[str, ...], tuple[str, ...]], ...
    ]  # heading, sheet's lines, own

    def sheet(self) -> list[str]:
        """The sheet as it was sent out."""
        lines = [self.first, *self.top, ""]
        for heading, below, _ in self.sections:
            lines += [heading, *below, "", ""]
        return lines

    def filled(self) -> list[str]:
        """What a person sends: the first line, and the headings with something below them."""
        lines = [self.first, ""]
        for heading, _, own in self.sections:
            lines += [heading, *own, ""]
        return lines


Piece = tuple[Literal["own", "quoted", "opens", "signs"], list[str]]


def pieces(layout: Layout, words: Words, where: Where) -> list[Piece]:
    """The parts of a mail in their order, whatever it is written in."""
    end: list[Piece] = [
        ("signs", ["", *layout.signs]),
        ("own", ["", *layout.adds] if layout.adds else []),
    ]
    begin: Piece = ("own", [layout.greets, ""])
    opens: Piece = ("opens", list(layout.opens))
    if where == "above":
        return [begin, ("own", words.filled()), *end, opens, ("quoted", words.sheet())]
    if where == "below":
        return [begin, opens, ("quoted", words.sheet()), ("own", ["", *words.filled()]), *end]
    if where == "within":
        return [begin, *end, opens, ("quoted", words.filled())]
    between: list[Piece] = [begin, opens, ("quoted", [words.first, *words.top, ""])]
    for heading, below, own in words.sections:
        between += [("quoted", [heading, *below]), ("own", ["", *own, ""] if own else [])]
    return [*between, *end]


def added(layout: Layout) -> list[str]:
    """What is in a mail and is nobody's note: each line of the program, and of the signature."""
    return [line for line in (*layout.opens, *layout.adds, *layout.signs) if line.strip("-_ ")]


def plain(layout: Layout, words: Words, where: Where) -> str:
    """The mail as plain text."""
    lines: list[str] = []
    for kind, part in pieces(layout, words, where):
        if kind == "quoted" and layout.marks:
            lines += [f"> {line}".rstrip() if line else ">" for line in part]
        elif kind == "opens":
            lines += ["", *part, ""]
        else:
            lines += part
    return "\n".join(lines) + "\n"


def html(layout: Layout, words: Words, where: Where) -> str:
    """The mail as HTML, with what a program puts into each: styles, a pixel, hidden words."""
    body = ""
    for kind, part in pieces(layout, words, where):
        if not part:
            continue
        if kind == "opens":
            inside = "<br>".join(
                escape(line) for line in part if line != LINE or "hr" not in layout.opens_html
            )
            body += (layout.opens_html or "<div>{}</div>").format(inside)
            continue
        inside = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in part)
        if kind == "quoted":
            inside = inside.join(layout.quote)
        elif kind == "signs":
            inside = layout.signs_html.format(inside)
        body += inside
    style = (
        "<style>p.MsoNormal{margin:0cm;font-size:11.0pt} @font-face{font-family:Calibri}</style>"
    )
    pixel = '<img width="1" height="1" src="https://example.org/open.gif" alt="">'
    hidden = '<div style="display:none;max-height:0">See what is new this week</div>'
    return f"<html><head>{style}<title>RE: sheet</title></head><body>{hidden}{body}{pixel}</body></html>"


def mail(layout: Layout, words: Words, where: Where, body: Body) -> bytes:
    """The whole mail."""
    made = EmailMessage(policy=SMTP)
    made["From"] = "Ana K <ana@example.org>"
    made["To"] = f"{WHO} <{AT}>"
    made["Subject"] = "Re: The sheet"
    made["Date"] = "Fri, 27 Nov 2020 13:40:00 +0100"
    if body in ("plain", "both"):
        made.set_content(plain(layout, words, where), cte="base64")
    if body == "html":
        made.set_content(html(layout, words, where), subtype="html", cte="base64")
    elif body == "both":
        made.add_alternative(html(layout, words, where), subtype="html", cte="base64")
    return made.as_bytes()
