"""The server of forms: who may what, in which words; what is kept, and that a kill loses nothing."""

from __future__ import annotations

import json
import random
import re
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from serve_tools import FormServer, drafts_on_disk, filled_form, sent
from shared import log_of

from seminarkit.core.forms.answer_versions import receipt, version_id
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import writing
from seminarkit.core.store.read_store import submissions
from seminarkit.serve.personal_links import Links, hash_of
from seminarkit.serve.rate_limit import Rates
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.progress.status_board import board

TWO = {
    "questions": [
        {"about": "ghent", "question": "ვინ იხდის?"},
        {"about": "dcu", "question": "من يتعلم؟"},
    ]
}


@pytest.fixture
def server(folder: SeminarFolder) -> Iterator[FormServer]:
    running = FormServer(folder)
    running.start()
    yield running
    running.stop()


def questions(server: FormServer, person: str = "GE-2", rev: int = 1, **answers: Any) -> Any:
    return filled_form(server.folder, "questions", person, answers or TWO, rev)


def test_a_link_gives_a_cookie_and_leaves_the_token_behind(server: FormServer) -> None:
    status, page, headers = server.get(server.link("GE-2").removeprefix(server.url))
    assert status == 200
    cookie = headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/p/GE-2/"):
        assert part in cookie
    assert "Secure" not in cookie, "the line is not encrypted here"
    token = server.tokens["GE-2"]
    assert token not in page
    assert 'content="0; url=../p/GE-2/"' in page
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers
    for path in server.folder.root.rglob("*"):
        assert path.is_dir() or token not in path.read_text("utf-8", "replace"), path
    assert stat.S_IMODE(server.folder.links.stat().st_mode) == 0o600
    assert stat.S_IMODE(server.folder.drafts.stat().st_mode) == 0o600


def test_who_is_turned_away_is_told_why_in_words(server: FormServer) -> None:
    server.link("GE-2"), server.link("GE-3")
    links = Links(server.folder.links)
    links.withdraw(["GE-3"])
    two, three = server.tokens["GE-2"], server.tokens["GE-3"]
    for path, token, status, words in (
        ("/link/abc", "", 404, "a mail cut it in two"),
        (f"/link/{three}", "", 403, "withdrawn"),
        ("/p/GE-3/", three, 403, "withdrawn"),
        ("/p/GE-2/", "", 403, "the link that you were sent"),
        ("/p/GE-1/", two, 403, "belongs to somebody else"),
        ("/p/GE-1/GE-1-questions.html", two, 403, "belongs to somebody else"),
        ("/p/GE-2/GE-3-questions.html", two, 404, "no such form for you"),
        ("/p/GE-2/nonsense.html", two, 404, "no such form for you"),
        ("/received/links.jsonl", two, 404, "There is no page at this address"),
        ("/api/contents", two, 404, "There is no page at this address"),
        ("/api/kernels", two, 404, "There is no page at this address"),
        ("/terminals/1", two, 404, "There is no page at this address"),
        ("/p/GE-2/../../seminar.yml", two, 404, "There is no page at this address"),
        ("/p/GE-2/%2e%2e%2fseminar.yml", two, 404, "There is no page at this address"),
    ):
        told, page, headers = server.get(path, token)
        assert told == status, path
        assert words in page, path
        assert "Traceback" not in page
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_what_is_sent_wrongly_is_told_and_not_kept(server: FormServer) -> None:
    mine, other = questions(server), questions(server, "GE-3")
    server.link("GE-3")
    long = questions(server, questions=[{"about": "ghent", "question": "x" * 50_001}])
    cases: list[tuple[Any, dict[str, str], int, str]] = [
        (sent(other), {}, 403, "signed by another person"),
        (sent({**mine, "seminar": "another"}), {}, 422, "belongs to another seminar"),
        (sent({**mine, "form": "poem"}), {}, 422, "has no form 'poem'"),
        (sent({**mine, "instance": other["instance"]}), {}, 422, "internal number"),
        (sent(long), {}, 422, "50,000 is the limit"),
        (sent({**mine, "answers": {"questions": "x"}}), {}, 422, "not a list of rows"),
        (sent({**mine, "author": None}), {}, 422, "signed"),
        ({"window": 5, "filled": mine}, {}, 422, "not sent from the page of a form"),
        (b"{", {}, 422, "cut off"),
        (b"[" * 5000, {}, 422, ""),
        (b" " * (2 * 2**20 + 1), {}, 413, "2 MB"),
        (sent(mine), {"Content-Type": "text/plain"}, 415, "form's own page"),
        (sent(mine), {"Origin": "https://evil.example.org"}, 403, "form's own page"),
    ]
    for what in ("save", "submit"):
        for body, headers, status, words in cases:
            told, answer = server.post("GE-2", what, body, **headers)
            assert (told, words in answer["error"]) == (status, True), answer
    told, answer = server.post("GE-2", "save", sent(mine), token=server.tokens["GE-3"])
    assert (told, "somebody else" in answer["error"]) == (403, True)
    told, answer = server.post("GE-2", "save", sent(mine), token="")
    assert told == 403
    told, answer = server.post("GE-2", "submit", sent({**mine, "answers": {}}))
    assert (told, "empty" in answer["error"]) == (422, True)
    assert drafts_on_disk(server.folder.drafts) == set()
    assert submissions(server.folder.database) == []


def test_a_name_that_is_sent_does_not_count(server: FormServer) -> None:
    """Identity comes from the link: its person's name and role, whatever the payload says."""
    filled = questions(server)
    filled["author"] = {"id": "GE-2", "name": "The Minister", "role": "minister"}
    assert server.post("GE-2", "submit", sent(filled))[0] == 200
    assert "The Minister" not in server.folder.drafts.read_text()
    (kept,) = (server.folder.received / "files").glob("*/*")
    assert "The Minister" not in kept.read_text("utf-8")


def test_submitting_goes_through_the_door_of_collect(server: FormServer) -> None:
    """C26 P03: one receipt everywhere; a draft waits beside what is complete, and says so."""
    filled = questions(server, rev=4)
    status, told = server.post("GE-2", "submit", sent(filled))
    assert (status, told["receipt"]) == (200, receipt({**filled, "answers": TWO}))
    (version,) = submissions(server.folder.database)
    assert (version.receipt, version.rev, version.person) == (told["receipt"], 4, "GE-2")
    georgia = next(r for r in board(server.folder.seminar, [version]) if r.country == "GE")
    assert "1 of 3" in [cell.words for cell in georgia.cells]
    again = server.post("GE-2", "submit", sent(questions(server, rev=5, questions=TWO["questions"][:1])))[1]  # fmt: skip
    assert again["receipt"] != told["receipt"]
    assert "saved as a draft" in again["words"]
    assert f"{told['receipt']} counts until this one is complete" in again["words"]
    more = questions(server, rev=6, questions=TWO["questions"][::-1])
    newer = server.post("GE-2", "submit", sent(more))[1]
    assert "counts" not in newer["words"]
    older = server.post("GE-2", "submit", sent(filled))[1]
    assert f"counts is {newer['receipt']}" in older["words"]
    assert len(collect(server.folder).outcomes) == 0, "nothing is left to collect"
    assert verify(server.folder).damage == ()
    collect(server.folder, rebuild=True)
    assert submissions(server.folder.database)[0].receipt == newer["receipt"]


def test_drafts_come_back_after_a_kill_and_in_another_browser(server: FormServer) -> None:
    half = questions(server, rev=7, questions=[{"question": "half a"}])
    assert server.post("GE-2", "save", sent(half))[0] == 200
    server.kill()
    server.start()
    page = server.get("/p/GE-2/GE-2-questions.html", server.tokens["GE-2"])[1]
    assert "half a" in page
    assert f'"kept":"{version_id(half)}"' in page
    book = json.loads(server.get("/p/GE-2/GE-2-questions.ipynb", server.tokens["GE-2"])[1])
    assert "half a" in json.dumps(book)


def test_two_windows_are_told_of_each_other_and_both_are_kept(server: FormServer) -> None:
    mine, other = questions(server, rev=3), questions(server, rev=2, questions=[{"question": "B"}])
    assert server.post("GE-2", "save", sent(mine, "one"))[1]["other"] is None
    assert server.post("GE-2", "save", sent(other, "two"))[1]["other"]["answers"] == TWO
    assert {rev for _, rev in drafts_on_disk(server.folder.drafts)} == {2, 3}


def test_a_withdrawn_link_ends_at_once_and_a_renewed_one_opens(server: FormServer) -> None:
    def seminar(*words: str) -> str:
        command = [sys.executable, "-m", "seminarkit", *words]
        return subprocess.run(
            command, cwd=server.folder.root, capture_output=True, text=True, check=True, timeout=60
        ).stdout

    url = ["--url", server.url]
    assert seminar("links", "--country", "GE", *url).startswith("4 links made, 0 withdrawn")
    assert seminar("links", "--country", "GE").startswith("0 links made")
    sheet = server.folder.links_sheet
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    (old,) = re.findall(r"^GE-2,.*/link/(\S+)$", sheet.read_text("utf-8"), re.MULTILINE)
    assert server.get("/p/GE-2/", old)[0] == 200
    assert old in (server.folder.packs / "GE" / "GE-2" / "my link.txt").read_text("utf-8")
    seminar("links", "--country", "GE", "--url", "https://forms.example.org/x/")
    moved = f"https://forms.example.org/x/link/{old}\n"
    assert moved in sheet.read_text("utf-8")
    assert moved in (server.folder.packs / "GE" / "GE-2" / "my link.txt").read_text("utf-8")
    seminar("links", "--renew", "GE-2", *url)
    assert server.get("/p/GE-2/", old)[0] == 403
    (new,) = re.findall(r"^GE-2,.*/link/(\S+)$", sheet.read_text("utf-8"), re.MULTILINE)
    assert server.get("/p/GE-2/", new)[0] == 200
    told = json.loads(seminar("links", "--withdraw", "GE-2", "--json", *url))
    assert "GE-2" not in [each["person"] for each in told.pop("links")]
    assert told == {"made": [], "withdrawn": ["GE-2"], "lost": []}
    assert server.get("/p/GE-2/", new)[0] == 403
    assert "GE-2," not in sheet.read_text("utf-8")
    assert not (server.folder.packs / "GE" / "GE-2" / "my link.txt").exists()
    sheet.unlink()
    told = json.loads(seminar("links", "--country", "GE", "--json", *url))
    assert len(told.pop("links")) == 3
    assert told == {"made": [], "withdrawn": [], "lost": ["GE-NEO", "GE-1", "GE-3"]}
    assert all(link.sha256 != new for link in Links(server.folder.links).all())
    assert hash_of(new) in server.folder.links.read_text()


def test_one_server_a_seminar_and_it_says_who_can_reach_it(server: FormServer) -> None:
    told = (server.folder.root / "serve.log").read_text()
    assert "Only this computer can reach it." in told
    run = subprocess.run(
        [sys.executable, "-m", "seminarkit", "serve", "--port", "0"],
        cwd=server.folder.root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert "are already being served" in run.stderr


def test_commands_of_the_organiser_work_meanwhile(
    server: FormServer, send: Any, filled: Any
) -> None:
    """The store is held for moments; while another run has it, who submits is told to wait."""
    send("q.ipynb", filled("questions", "GE-1", TWO))
    posts = [threading.Thread(target=server.post, args=("GE-2", "submit", sent(questions(server, rev=n))))
             for n in range(1, 6)]  # fmt: skip
    server.link("GE-2")
    for each in posts:
        each.start()
    collect(server.folder)
    for each in posts:
        each.join()
    assert {s.person for s in submissions(server.folder.database)} == {"GE-1", "GE-2"}
    with writing(server.folder.lock):
        status, told = server.post("GE-2", "submit", sent(questions(server, rev=9)))
    assert (status, "Press Submit again" in told["error"]) == (503, True)
    assert 9 in {rev for _, rev in drafts_on_disk(server.folder.drafts)}, "its words are kept"
    assert server.post("GE-2", "submit", sent(questions(server, rev=9)))[0] == 200
    assert verify(server.folder).damage == ()


def test_what_changes_in_the_seminar_is_seen_without_a_new_start(server: FormServer) -> None:
    server.link("GE-2")
    path = server.folder.root / "seminar.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("series: ", "series: Changed ", 1), encoding="utf-8")
    time.sleep(1.1)
    assert "Changed SPHERE" in server.get("/p/GE-2/", server.tokens["GE-2"])[1]
    path.write_text("series: [", encoding="utf-8")
    time.sleep(1.1)
    assert "Changed SPHERE" in server.get("/p/GE-2/", server.tokens["GE-2"])[1]


def test_a_person_who_sends_too_much_is_held_back_and_nobody_else() -> None:
    rates = Rates(a_second=10, at_once=5)
    assert [rates.wait("GE-2", 0.0) for _ in range(5)] == [0.0] * 5
    assert rates.wait("GE-2", 0.0) == pytest.approx(0.1)
    assert rates.wait("GE-3", 0.0) == 0.0
    assert rates.wait("GE-2", 0.2) == 0.0


def test_held_back_is_said_and_not_kept(server: FormServer) -> None:
    server.link("GE-2")
    told = {}
    for rev in range(1, 150):
        status, _ = server.post("GE-2", "save", sent(questions(server, rev=rev)))
        told[rev] = status
    kept = {rev for _, rev in drafts_on_disk(server.folder.drafts)}
    assert kept == {rev for rev, status in told.items() if status == 200}
    assert set(told.values()) <= {200, 429}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kills", [3, pytest.param(8, marks=pytest.mark.nightly)])
def test_killed_at_any_moment_it_has_every_word_it_acknowledged(
    server: FormServer, kills: int
) -> None:
    """SIGKILLs while four people type and submit; scripts/benchmarks/serve.py does 50."""
    people = ["GE-1", "GE-2", "GE-3", "AM-1"]
    acknowledged: set[tuple[str, int]] = set()
    receipts: set[str] = set()
    ended = threading.Event()
    for person in people:
        server.link(person)

    def type_on(person: str) -> None:
        rev = 0
        while not ended.is_set():
            rev += 1
            answers = {
                "questions": [{"about": "ghent", "question": f"{person} {rev} " + "ა" * 200}]
            }
            filled = questions(server, person, rev, **answers)
            try:
                status, told = server.post(
                    person, "submit" if rev % 3 == 0 else "save", sent(filled)
                )
            except (OSError, ValueError, ConnectionError):
                time.sleep(0.05)
                continue
            except Exception:  # the line was cut inside an answer
                continue
            if status == 200:
                acknowledged.add((filled["instance"], rev))
                if "receipt" in told:
                    receipts.add(told["receipt"])
            time.sleep(0.02)

    threads = [threading.Thread(target=type_on, args=(person,)) for person in people]
    for each in threads:
        each.start()
    for _ in range(kills):
        before = len(receipts)
        late = time.monotonic() + 20
        while len(receipts) == before and time.monotonic() < late:  # a busy machine may need long
            time.sleep(0.02)
        time.sleep(random.uniform(0.1, 1.2))
        server.kill()
        server.start()
    ended.set()
    for each in threads:
        each.join()
    assert len(acknowledged) > 2 * kills
    assert acknowledged <= drafts_on_disk(server.folder.drafts)
    assert verify(server.folder).damage == (), "what a kill left half done is mended by the start"
    collect(server.folder)
    arrived = {line["name"] for line in map(json.loads, log_of(server.folder.root, "arrivals").open())}  # fmt: skip
    assert arrived
    texts = "".join(p.read_text("utf-8") for p in (server.folder.received / "files").glob("*/*"))
    assert receipts
    assert all(code in texts for code in receipts)
    assert verify(server.folder).damage == ()


def test_behind_tls_the_cookie_is_secure_and_bound_to_the_path(folder: SeminarFolder) -> None:
    server = FormServer(folder, address="https://forms.example.org/spring")
    server.start()
    try:
        path = server.link("GE-2").removeprefix(server.url)
        cookie = server.get(path)[2]["Set-Cookie"]
        assert "Secure" in cookie
        assert "Path=/spring/p/GE-2/" in cookie
        filled = sent(questions(server))
        assert server.post("GE-2", "save", filled, Origin="https://forms.example.org")[0] == 200
        told = (folder.root / "serve.log").read_text()
        assert "a web server that forwards https://forms.example.org/spring" in told
    finally:
        server.stop()
