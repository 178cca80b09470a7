"""Is what belongs to a person told before it is printed, and nothing else taken for it?"""

from __future__ import annotations

import time

import pytest

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.contact_details import contact_in
from seminarkit.topics.intake.note_remarks import LOST, notes_warnings

CONTACTS = [
    "Tel. +995 32 000 000",
    "call +33 1 44 55 66 77",
    "0032 2 123 45 67",
    "032 2 123 456",
    "tel: 055 12 34 56 78",
    "0800 123 456",
    "8 (495) 123-45-67",
    "+380 44 123 45 67",
    "mob. 599123456",
    "599 12 34 56",
    "(02) 123 45 67",
    "+٢١٢ ٦ ١٢ ٣٤ ٥٦ ٧٨",
    "тел.: 123-45-67",
    "هاتف 0612345678",
    "0612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "030 1234567",
    "+1 (555) 123-4567",
    "+998(90)1234567",
    "Phone 01 23 45 67 89",
    "WhatsApp +7 701 123 45 67",
    "fax 22 333 444",
    "044/123-45-67 tel 044 1234567",
    "ask ana@example.org",
    "ana (at) uni.ge",
    "12 Rustaveli Avenue, Tbilisi",
    "Rue de la Loi 12, Bruxelles",
    "12, rue de la Loi",
    "Hauptstraße 5",
    "ул. Ленина, д. 5",
    "вул. Хрещатик, 22",
    "ul. Marszałkowska 10",
    "Str. Academiei nr. 7",
    "Via Roma 12",
    "P.O. Box 1234",
    "شارع الحبيب بورقيبة",
    "Nizami küçəsi 15",
    "რუსთაველის გამზირი 12",
    "Atatürk Caddesi No: 5",
    "BP 1234",
]
OTHERS = [
    "2020-2021 and 2019/2020",
    "law № 123-IV of 12.03.2015",
    "180 ECTS, 240 ECTS",
    "ISBN 978-92-64-123-4",
    "30 60 90 120 180 credits",
    "between 1 000 000 and 2 500 000 EUR",
    "decree 1-2-3456 of 2019-2020",
    "Erasmus 101092323",
    "doi 10.1787/9789264",
    "LO1 7/5, LO2 8/3",
    "GE-2-q1, KZ-1-q2",
    "from 01-03-2015 to 05-06-2016",
    "№ 0123-45-67",
    "20 000 learners in 27 countries",
    "+20 % since 2015",
    "+5 to +10 points",
    "ISCED 0111 0112 0113",
    "level 5, 6 and 7",
    "2015, 2016, 2017, 2018",
    "1.5.2020",
    "600-hour courses",
    "100 200 300",
    "EQF 4-5-6-7",
    "Act No. 044-12-34",
    "via Erasmus 2021",
    "a street of 12 houses",
    "Place 3 of them",
    "10 Universities on the road to reform",
    "In 2019 the avenue was open 5 days",
    "60 ECTS = 1 500 to 1 800 hours",
    "1 ECTS = 25-30 hours",
    "Law 044 12 345",
    "Resolution 12-34-567",
    "27 members, 33 countries",
    "the 2018-2019-2020 plans",
    "Regulation (EU) 2018/1724",
    "Article 12-3",
    "(2019) 12 34",
    "5000 teachers x 30",
    "From 1 000 to 10 000 000",
    "Project 2019-1-BE02-KA203-012345",
    "code 0123456789",
    "12 Road maps",
    "3 Member States",
]


@pytest.mark.parametrize("text", CONTACTS)
def test_a_telephone_number_or_an_address_is_known(text: str) -> None:
    """G09: as people of the seminar's countries write them."""
    assert contact_in(text)
    assert contact_in(f"Ask the ministry: {text}")


@pytest.mark.parametrize("text", OTHERS)
def test_years_credits_and_laws_are_none(text: str) -> None:
    """G09: a remark that is mostly wrong is read by nobody."""
    assert contact_in(text) is None
    assert contact_in(f"We agreed that {text} is right.") is None


def test_the_remark_names_the_point_and_never_what_is_private(kit: SeminarFolder) -> None:
    """G09: it is said before the notes are printed, and does not repeat the number."""
    answers = {
        "raised": [{"raised_text": "Fees"}, {"raised_text": "Call +995 32 000 000"}],
        "next": [{"next_text": f"A regis{LOST}er"}],
        "scratch": "Tel. +995 32 111 111",
    }
    told = notes_warnings(kit.forms["group_notes"], answers, set())
    assert "What was discussed, issue 2 contains a telephone number." in told
    assert "who should do it, step 1 contains a letter that was lost on the way" in told
    assert "000" not in told and told.count("telephone") == 1


@pytest.mark.parametrize("text", ["x" * 10**6, "0" * 10**6, "A B " * 10**5, "a.b-" * 10**5, "(1) " * 10**5, "Rue de la " * 10**5])  # fmt: skip
@pytest.mark.timeout(60)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    contact_in(text)
    assert time.process_time() - began < 5
