"""Does the printed brief of a group fit on two pages, as a chair prints it?"""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.briefs.index_page import brief_place
from seminarkit.topics.groups.rooms import BriefedRoom, briefed_rooms


def fullest(demo: SeminarFolder) -> list[BriefedRoom]:
    """The group of each session of groups in which most people sit."""
    found: dict[str, BriefedRoom] = {}
    for about in briefed_rooms(demo.seminar):
        if about.group:
            known = found.setdefault(about.session.id, about)
            if known.group and len(about.group.people) > len(known.group.people):
                found[about.session.id] = about
    return list(found.values())


def test_a_group_has_two_printed_pages(browser: Browser, demo: SeminarFolder) -> None:
    """H01: the fullest group of each round, on A4, with nothing beside the paper."""
    groups = fullest(demo)
    assert len(groups) == 3
    page = browser.new_page()
    for about in groups:
        page.goto((demo.pages.parent / brief_place(about)).as_uri())
        page.emulate_media(media="print")
        pdf = page.pdf(prefer_css_page_size=True)
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2, about.id
        page.emulate_media(media="screen")
    page.close()
