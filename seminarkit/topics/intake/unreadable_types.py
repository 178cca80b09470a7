"""File types that cannot contain readable answers, with a test and advice for each.

The advice names the type and a remedy. It asks for the same file again only if that could help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from seminarkit.topics.intake.archives.zip_archives import is_zip
from seminarkit.topics.intake.file_type_tests import (
    TypeTest,
    any_of,
    begins,
    has_brand,
    has_name,
    is_cloud_shortcut,
    is_office_with,
    matches,
)
from seminarkit.topics.intake.mail.outlook import OLE, is_msg
from seminarkit.topics.intake.mail.smime import is_sealed
from seminarkit.topics.intake.opendocument.open_document import is_flat_word

_OWN_FILE = "Ask for the form's own file, which 'Save my file' makes."
_AS_WORD = "Open it where it was written, save it as Word (.docx) and send that."
_ARCHIVE = "Ask for the files themselves, or a .zip."
_PICTURE = f"It is a picture, which holds no answers that can be read. {_OWN_FILE}"
_FILM = f"It is a film or a recording. {_OWN_FILE}"
_PLACEHOLDER = (
    "It only points to a file in the cloud. Open the file there, download it, and send or copy "
    "that."
)
_WORD_2003 = re.compile(
    rb"(?:<\?[^>]*>\s*)*<w:wordDocument\b|<\?xml.{0,200}progid=.Word", re.I | re.S
)
_PDF = re.compile(rb"^%PDF-\d", re.M)


@dataclass(frozen=True)
class Unreadable:
    """An unreadable file type, its test and the advice to the organisers.

    ``beside`` marks types that often accompany a form in a mail, such as the logo of a signature.
    """

    name: str
    test: TypeTest
    advice: str
    beside: bool = False


_PROGRAM = begins(
    b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"dex\n"
)
UNREADABLE: tuple[Unreadable, ...] = (
    Unreadable(
        "a PDF",
        lambda file: _PDF.search(file.data[:1024]) is not None,
        "It is a PDF, which holds no answers that can be read. Ask for the form's own file.",
    ),
    # Office files before 2007 share one container, and so do new ones with a password
    Unreadable(
        "a locked Office file",
        is_office_with("EncryptedPackage"),
        "It is an Office file that is locked with a password. Save it without one and send that.",
    ),
    Unreadable(
        "an old Word file",
        is_office_with("WordDocument"),
        f"It is a Word file in the old format (.doc). {_AS_WORD}",
    ),
    Unreadable(
        "an old Excel file",
        is_office_with("Workbook", "Book"),
        f"It is an Excel file, not a form. {_OWN_FILE}",
    ),
    Unreadable(
        "an old PowerPoint file",
        is_office_with("PowerPoint Document"),
        f"It is a PowerPoint file, not a form. {_OWN_FILE}",
    ),
    Unreadable(
        "an old Office or Outlook file",
        lambda file: file.begins(OLE) and not is_msg(file.data),
        "It is an old Office or Outlook file. Save a mail as .eml; save a Word form as .docx.",
    ),
    Unreadable("an RTF file", matches(rb"\{\\rtf"), f"It is an RTF file. {_AS_WORD}"),
    Unreadable(
        "a Word file of 2003 as XML",
        lambda file: file.matches(_WORD_2003) and not is_flat_word(file.data),
        "It is a Word file saved as XML. Open it in Word, save it as Word document (.docx) and "
        "send that.",
    ),
    Unreadable(
        "an Excel file",
        has_name(r"xl/workbook\.(?:xml|bin)"),
        f"It is an Office file, but not a Word document: Excel. {_OWN_FILE}",
    ),
    Unreadable(
        "a PowerPoint file",
        has_name(r"ppt/presentation\.xml"),
        f"It is an Office file, but not a Word document: PowerPoint. {_OWN_FILE}",
    ),
    Unreadable(
        "a Pages, Numbers or Keynote file",
        has_name(
            r"(?:.*/)?(?:Index/[^/]+\.iwa|Index\.zip|index\.apxl(?:\.gz)?|buildVersionHistory\.plist)"
        ),
        "It is a Pages, Numbers or Keynote file. Open it in that program, choose 'Export to', "
        "Word (.docx), and send that.",
    ),
    Unreadable(
        "an e-book",
        lambda file: b"mimetypeapplication/epub" in file.data[:200],
        f"It is an e-book. {_OWN_FILE}",
    ),
    Unreadable(
        "a web archive of Safari",
        lambda file: (
            b"WebMainResource" in file.data[:4096]
            and file.start.startswith((b"bplist", b"<?xml", b"<plist"))
        ),
        "It is a web page that Safari saved (.webarchive), which holds no answers that can be "
        "read. Open the form where it was filled in, press 'Save my file' and send that file.",
    ),
    Unreadable(
        "a placeholder of a cloud",
        any_of(
            is_cloud_shortcut,
            matches(
                rb"\[InternetShortcut\]|\[Desktop Entry\]|version https://git-lfs\.github\.com/|"
                rb"<\?xml.{0,400}<plist.{0,200}<key>URL</key>"
            ),
        ),
        _PLACEHOLDER,
    ),
    Unreadable(
        "a picture",
        begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"8BPS"),
        _PICTURE,
        True,
    ),
    Unreadable(
        "a picture",
        lambda file: file.data[:4] == b"RIFF" and file.data[8:12] == b"WEBP",
        _PICTURE,
        True,
    ),
    Unreadable(
        "a picture",
        lambda file: (
            file.data[:2] == b"BM" and file.data[2:6] == len(file.data).to_bytes(4, "little")
        ),
        _PICTURE,
        True,
    ),
    Unreadable(
        "a picture of a telephone",
        has_brand(b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif"),
        _PICTURE,
        True,
    ),
    Unreadable(
        "a picture",
        matches(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b"),
        _PICTURE,
        True,
    ),
    Unreadable(
        "a film or a recording",
        lambda file: file.data[4:8] in (b"ftyp", b"moov") or file.data[:4] == b"RIFF",
        _FILM,
    ),
    Unreadable(
        "a film or a recording",
        begins(
            b"ID3",
            b"\xff\xfb",
            b"OggS",
            b"fLaC",
            b"\x1a\x45\xdf\xa3",
            b"#!AMR",
            b"\x30\x26\xb2\x75",
        ),
        _FILM,
    ),
    Unreadable("a RAR archive", begins(b"Rar!"), f"It is a RAR archive. {_ARCHIVE}"),
    Unreadable("a 7z archive", begins(b"7z\xbc\xaf"), f"It is a 7z archive. {_ARCHIVE}"),
    Unreadable(
        "a rare archive",
        any_of(
            begins(
                b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"LZIP", b"\x1f\x9d", b"MSCF", b"xar!"
            ),
            lambda file: re.match(rb"..-l[hz].-", file.data, re.S) is not None,
        ),
        f"It is an archive of a kind that cannot be opened. {_ARCHIVE}",
    ),
    Unreadable(
        "a disk image",
        lambda file: file.data[-512:-508] == b"koly" or file.data[0x8001:0x8006] == b"CD001",
        f"It is a disk image (.dmg or .iso). {_ARCHIVE}",
    ),
    Unreadable(
        "a database",
        begins(
            b"SQLite format 3\0", b"\0\1\0\0Standard Jet DB", b"\0\1\0\0Standard ACE DB", b"!BDN"
        ),
        f"It is a database, not a form. {_OWN_FILE}",
    ),
    Unreadable(
        "a program",
        lambda file: (
            _PROGRAM(file) and not is_zip(file.data)  # a self-extracting archive is read as a zip
        ),
        "It is a program, which is never started here. Delete it, and ask the sender whether they "
        "sent it. " + _OWN_FILE,
    ),
    Unreadable(
        "an encrypted mail",
        any_of(lambda file: is_sealed(file.data), matches(rb"-----BEGIN PGP MESSAGE-----")),
        "It is encrypted, so only its recipient can open it. Open the mail in your mail "
        "program, and save the files in it by themselves.",
    ),
    Unreadable(
        "a key or a signature",
        matches(rb"-----BEGIN PGP (?:PUBLIC KEY BLOCK|SIGNATURE)-----|Version: 1\s*\Z"),
        f"It is a key or a signature, which holds no answers. {_OWN_FILE}",
        True,
    ),
    Unreadable(
        "a calendar entry or an address card",
        matches(rb"BEGIN:V(?:CALENDAR|CARD)"),
        f"It is a calendar entry or an address card, which holds no answers. {_OWN_FILE}",
        True,
    ),
    Unreadable(
        "a property list of a Mac",
        begins(b"bplist"),
        f"It is a settings file of a Mac. {_OWN_FILE}",
    ),
    Unreadable(
        "a file of a Mac in two parts",
        begins(b"\0\5\x16\0"),
        f"It was packed by an old Mac (AppleSingle). {_OWN_FILE}",
    ),
)
