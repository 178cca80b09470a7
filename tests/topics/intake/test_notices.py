"""Is it said what stands in a mail in place of the form, and nothing of the kind anywhere else?"""

from __future__ import annotations

import pytest
from notes_tools import TEXT

from seminarkit.topics.intake.mail.attachment_notices import notice_in

SAID = {
    "A non-text attachment was scrubbed...\nName: q.ipynb": "mailing list",
    "An HTML attachment was scrubbed...\nURL: <http://lists.example.org/1.htm>": "mailing list",
    "Malware was detected in one or more attachments included with this email. All attachments "
    "have been deleted.": "mail server removed",
    "The attachment questions.ipynb has been blocked by the policy of your organisation.": "mail server removed",
    "Removed: an attachment that may harm your computer.": "mail server removed",
    "Der Anhang questions.ipynb wurde aus Sicherheitsgründen entfernt.": "mail server removed",
    "Вложение questions.ipynb было удалено из письма.": "mail server removed",
    "La pièce jointe a été supprimée par le serveur.": "mail server removed",
    "Here it is: https://1drv.ms/u/s!AbCdEf": "link to OneDrive",
    '<a href="https://sample-my.sharepoint.com/:u:/g/personal/x?e=1">q.ipynb</a>': "link to SharePoint",
    "https://drive.google.com/file/d/1/view?usp=sharing": "link to Google Drive",
    "https://docs.google.com/document/d/1/edit": "link to Google Drive",
    "https://www.dropbox.com/s/1/q.ipynb?dl=0": "link to Dropbox",
    "https://we.tl/t-AbCdEf": "link to WeTransfer",
    "https://yadi.sk/d/AbCdEf": "link to Yandex Disk",
    "https://cloud.mail.ru/public/1/2": "link to Mail.ru",
    "https://cloud.example.org/index.php/s/aBcDeFgHiJkLmNo": "link to a cloud",
}  # fmt: skip
NOTHING = [
    "Dear colleagues, please find our file attached.",
    "We removed the last question from the list.",
    "Read https://example.org/docs.google.com/ and https://notdropbox.com.example/",
    "See https://supporthere.org/micro-credentials",
    "The law was removed. " * 100 + "An attachment is with it.",
    TEXT,
    "",
]


@pytest.mark.parametrize("text", SAID)
def test_what_stands_in_its_place_is_said(text: str) -> None:
    """P09"""
    assert SAID[text] in notice_in(text)


@pytest.mark.parametrize("text", NOTHING)
def test_of_other_texts_nothing_is_said(text: str) -> None:
    assert notice_in(text) == ""
