"""Are words that only a browser has still there when their question was renamed?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from seminarkit.core.forms.answer_versions import version_id
from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME, mime_bundle
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.write_packs import prepare

FORM = (KIT / "templates/forms/mini_statement.yml").read_text("utf-8")
WISH = "What do we need from the other countries or from SPHERE?"


def saved(page: Page, path: Path) -> dict[str, Any]:
    """Return what “Save my file” writes."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    download.value.save_as(path)
    (cell,) = form_cells(json.loads(path.read_text("utf-8")))
    data = cell["outputs"][0]["data"]
    assert data == mime_bundle(data[FORM_MIME], data[ANSWERS_MIME]), "both writers agree"
    return dict(data[ANSWERS_MIME])


def test_a_draft_and_a_file_go_on_under_the_new_name(
    context: BrowserContext, folder: SeminarFolder, tmp_path: Path
) -> None:
    """What is saved then was made from what the browser had, or the file."""
    prepare(folder, ["GE"])
    address = (folder.packs / "GE" / "GE-2" / "GE-2-mini_statement.html").as_uri()
    page = context.new_page()
    page.goto(address)
    page.get_by_label(WISH).fill("A sample.")
    expect(page.get_by_text("Kept on this computer")).to_be_visible()
    before = saved(page, tmp_path / "before.ipynb")
    page.close()

    own = folder.root / "templates" / "forms" / "mini_statement.yml"
    own.parent.mkdir(parents=True)
    was = "name: statement_wishes\n    was: statement_wish"
    own.write_text(FORM.replace("name: statement_wish", was), "utf-8")
    prepare(SeminarFolder(folder.root), ["GE"])
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_label(WISH)).to_have_value("A sample.")
    after = saved(page, tmp_path / "after.ipynb")
    assert after["answers"] == {"statement_wishes": "A sample."}
    assert after["ancestors"] == [version_id(before)]

    page.get_by_label(WISH).fill("Something else.")
    page.locator("input[type=file]").set_input_files(tmp_path / "before.ipynb")
    page.get_by_role("button", name="Use the file").click()
    expect(page.get_by_label(WISH)).to_have_value("A sample.")
